//! What changed, and how it is told.

use std::fmt;

/// One change between two schemas.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    pub(super) section: Section,
    /// The token of the resource, function or type, or another name.
    pub(super) of: String,
    /// The part of it: `inputs`, `properties`, `required`; empty where it is about the whole.
    pub(super) part: &'static str,
    /// The member of that part.
    pub(super) name: String,
    pub(super) message: String,
    /// Whether programs or stacks that were well are so no more.
    pub(super) breaking: bool,
}

/// Where in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Package,
    Config,
    Resources,
    Functions,
    Types,
}

/// All of them as Markdown, in the manner of Pulumi's schema-tools: red is what breaks, green is what does not.
pub(super) struct Report<'a>(pub(super) &'a [Change]);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let breaking = self.0.iter().filter(|change| change.breaking).count();
        match breaking {
            0 if self.0.is_empty() => return writeln!(f, "No changes found."),
            0 => writeln!(f, "Looking good! No breaking changes found.")?,
            1 => writeln!(f, "Found 1 breaking change:")?,
            _ => writeln!(f, "Found {breaking} breaking changes:")?,
        }
        for sections in self.0.chunk_by(|a, b| a.section == b.section) {
            writeln!(f, "\n#### {:?}", sections[0].section)?;
            for changes in sections.chunk_by(|a, b| a.of == b.of) {
                write_all_of_one(f, changes)?;
            }
        }
        Ok(())
    }
}

fn write_all_of_one(f: &mut fmt::Formatter<'_>, changes: &[Change]) -> fmt::Result {
    let of = &changes[0].of;
    let whole = changes.iter().take_while(|change| change.part.is_empty()).count();
    let (whole, parts) = changes.split_at(whole);
    for change in whole {
        writeln!(f, "- {} {of:?} {}", change.mark(), change.message)?;
    }
    if !parts.is_empty() {
        writeln!(f, "- {of:?}:")?;
    }
    for part in parts.chunk_by(|a, b| a.part == b.part) {
        writeln!(f, "    - {}:", part[0].part)?;
        for change in part {
            writeln!(f, "        - {} {:?} {}", change.mark(), change.name, change.message)?;
        }
    }
    Ok(())
}

impl Change {
    fn mark(&self) -> &'static str {
        if self.breaking { "`🔴`" } else { "`🟢`" }
    }
}

//! Property paths, written as Pulumi does: `a.b[0]["odd.key"]`.

use std::fmt;

/// A path from the properties of a resource to a value inside them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PropertyPath(Vec<Step>);

/// One step of a [`PropertyPath`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// To a property or key.
    Name(String),
    /// To an element of a list.
    Index(usize),
    /// To every property, key or element; only in paths that a user gives, to leave changes out.
    Any,
}

impl PropertyPath {
    /// The path to a top-level property.
    pub fn of(name: &str) -> Self {
        PropertyPath(vec![Step::Name(name.to_owned())])
    }

    /// This path, and from there to a property or key.
    pub fn name(&self, name: &str) -> Self {
        self.then(Step::Name(name.to_owned()))
    }

    /// This path, and from there to an element.
    pub fn index(&self, index: usize) -> Self {
        self.then(Step::Index(index))
    }

    /// This path, and from there one step.
    pub(crate) fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        PropertyPath(steps)
    }

    /// The top-level property that the path begins with; empty for the empty path.
    pub fn top(&self) -> &str {
        match self.0.first() {
            Some(Step::Name(name)) => name,
            _ => "",
        }
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether it leads to `other`, or through it.
    pub fn starts_with(&self, other: &PropertyPath) -> bool {
        let same = |(ours, theirs)| theirs == &Step::Any || ours == theirs;
        other.0.len() <= self.0.len() && self.0.iter().zip(&other.0).all(same)
    }

    /// Reads a path as Pulumi writes it; `None` where it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(quoted) = rest.strip_prefix("[\"") {
                let (name, after) = quoted_name(quoted)?;
                steps.push(Step::Name(name));
                rest = after;
            } else if let Some(bracketed) = rest.strip_prefix('[') {
                let (digits, after) = bracketed.split_once(']')?;
                steps.push(match digits {
                    "*" => Step::Any,
                    digits => Step::Index(digits.parse().ok()?),
                });
                rest = after;
            } else {
                let name = match rest.strip_prefix('.') {
                    Some(after) if !steps.is_empty() => after,
                    Some(_) => return None,
                    None if steps.is_empty() => rest,
                    None => return None,
                };
                let end = name.find(['.', '[']).unwrap_or(name.len());
                if end == 0 {
                    return None;
                }
                steps.push(match &name[..end] {
                    "*" => Step::Any,
                    name => Step::Name(name.to_owned()),
                });
                rest = &name[end..];
            }
        }
        Some(PropertyPath(steps))
    }
}

/// The way of a walk to a value: nothing is copied before a path is made of it, where there is something to tell.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way<'a> {
    Start,
    Name(&'a Way<'a>, &'a str),
    Index(&'a Way<'a>, usize),
}

impl Way<'_> {
    /// This way, and from there to a property or key.
    pub(crate) fn name<'a>(&'a self, name: &'a str) -> Way<'a> {
        Way::Name(self, name)
    }

    /// This way, and from there to an element.
    pub(crate) fn index(&self, index: usize) -> Way<'_> {
        Way::Index(self, index)
    }

    /// The path that it is.
    pub(crate) fn path(&self) -> PropertyPath {
        match self {
            Way::Start => PropertyPath::default(),
            Way::Name(way, name) => way.path().name(name),
            Way::Index(way, index) => way.path().index(*index),
        }
    }
}

fn quoted_name(quoted: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => name.push(letters.next()?.1),
            '"' => return Some((name, quoted[at + 1..].strip_prefix(']')?)),
            letter => name.push(letter),
        }
    }
    None
}

impl fmt::Display for PropertyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Any => f.write_str("[*]")?,
                Step::Name(name) if needs_quotes(name) => {
                    write!(f, "[\"{}\"]", name.replace('\\', "\\\\").replace('"', "\\\""))?;
                }
                Step::Name(name) if position == 0 => f.write_str(name)?,
                Step::Name(name) => write!(f, ".{name}")?,
            }
        }
        Ok(())
    }
}

fn needs_quotes(name: &str) -> bool {
    name.is_empty() || name == "*" || name.contains(['.', '[', ']', '"', '\\'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn odd_keys_are_quoted() {
        let path = PropertyPath::of("clientMetadata").name("odd.\"key\"").index(2).name("b");
        assert_eq!(path.to_string(), r#"clientMetadata["odd.\"key\""][2].b"#);
    }

    #[test]
    fn a_star_stands_for_every_step() {
        let path = |text| PropertyPath::parse(text).unwrap();
        assert!(path("callbacks[1]").starts_with(&path("callbacks[*]")));
        assert!(path("callbacks[1]").starts_with(&path("*")));
        assert!(path("a.b.c").starts_with(&path("a.*.c")));
        assert!(!path("a.b.c").starts_with(&path("a.*.d")));
        assert!(!path("callbacks").starts_with(&path("callbacks[*]")));
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in [".a", "a.", "a..b", "a[", "a[x]", "a[\"b", "a[0]b"] {
            assert_eq!(PropertyPath::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn parse_reads_what_display_writes(names in prop::collection::vec(".{0,6}", 1..5)) {
            let path = PropertyPath(names.into_iter().map(Step::Name).collect());
            prop_assert_eq!(PropertyPath::parse(&path.to_string()), Some(path));
        }
    }
}

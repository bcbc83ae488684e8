//! Names for resources whose program gives none.

/// What the engine's configuration says about names that a provider makes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Autonaming {
    /// Take this name; the provider may adapt it.
    Propose(String),
    /// Take exactly this name.
    Enforce(String),
    /// Make no name up: the program has to give one.
    Disable,
}

/// A name for the resource `name`: the provider's own scheme, `<name>-<seven hex digits>`.
///
/// The digits come from the engine's seed alone, so that a preview and the update after it, and both
/// Checks of a replacement, agree. `None` without a seed.
pub(super) fn generate(name: &str, seed: &[u8]) -> Option<String> {
    let digits: String = seed.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    Some(format!("{name}-{}", digits.get(..7)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_the_seed_alone() {
        assert_eq!(generate("app", &[0xab; 32]).as_deref(), Some("app-abababa"));
        assert_eq!(generate("app", &[]), None);
    }
}

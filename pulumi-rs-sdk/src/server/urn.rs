//! Resource names as the engine writes them: `urn:pulumi:stack::project::parent$type::name`.

/// The parts of a URN that matter to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urn<'a> {
    /// The whole.
    pub text: &'a str,
    /// The type token of the resource itself, without those of its parents.
    pub token: &'a str,
    /// The name that the program gives the resource.
    pub name: &'a str,
}

impl<'a> Urn<'a> {
    /// Reads a URN; `None` where it is not one. The name may hold anything, `::` too.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix("urn:pulumi:")?.splitn(4, "::");
        let (_stack, _project) = (parts.next()?, parts.next()?);
        let (types, name) = (parts.next()?, parts.next()?);
        let token = types.rsplit('$').next().unwrap_or(types);
        Some(Urn { text, token, name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_and_name_are_the_resources_own() {
        struct Case {
            urn: &'static str,
            token: &'static str,
            name: &'static str,
        }
        let cases = [
            Case { urn: "urn:pulumi:s::p::a:b/c:D::n", token: "a:b/c:D", name: "n" },
            Case { urn: "urn:pulumi:s::p::x:y:Z$a:b/c:D::n", token: "a:b/c:D", name: "n" },
            Case { urn: "urn:pulumi:s::p::a:b/c:D::n::m$o", token: "a:b/c:D", name: "n::m$o" },
        ];
        for case in cases {
            let urn = Urn::parse(case.urn).unwrap();
            assert_eq!((urn.token, urn.name), (case.token, case.name), "{}", case.urn);
        }
    }

    #[test]
    fn what_is_no_urn_is_refused() {
        for text in ["", "urn:pulumi:", "urn:pulumi:s::p::t", "s::p::t::n"] {
            assert_eq!(Urn::parse(text), None, "{text}");
        }
    }
}

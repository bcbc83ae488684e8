//! The tenant that a stack was on when it was last updated, and whether it still is.

use pulumi_rs_sdk::state::is_default;
use pulumi_rs_sdk::value::{Object, Value};

use super::settings::Settings;
use super::{DOMAIN, Domain, Environment};

/// What the state is to know of the environment: the domain, where the configuration does not have it. It is no secret.
pub fn recorded(config: &Object, env: &Environment<'_>) -> Object {
    let nothing = Object::new();
    let given = Settings { config, env: &|_| None };
    let environment = Settings { config: &nothing, env };
    let domain = match given.origin(DOMAIN) {
        Some(_) => None,
        // One that cannot be right is refused by name.
        None => environment.text(DOMAIN).and_then(|text| Domain::parse(&text).ok()),
    };
    let entry = domain.map(|parsed| (DOMAIN.name.to_owned(), parsed.domain.to_text().into()));
    entry.into_iter().collect()
}

/// Takes the domain that the environment had when the stack was last updated out of a configuration.
pub fn take_recorded(config: &mut Object) -> Option<String> {
    if !is_default(config, DOMAIN.name) {
        return None;
    }
    config.remove(DOMAIN.name)?.as_str().map(str::to_owned)
}

/// The environment, with the domain that it had when the stack was last updated where it has none now.
pub fn remembering<'a>(
    env: &'a Environment<'_>,
    recorded: Option<&'a str>,
) -> impl Fn(&str) -> Option<String> + 'a {
    move |name| {
        let set = env(name).filter(|text| !text.trim().is_empty());
        set.or_else(|| recorded.filter(|_| name == DOMAIN.variable).map(str::to_owned))
    }
}

/// A stack that goes from one tenant to another.
#[derive(Debug, PartialEq, Eq)]
pub struct Move {
    /// The domain that it was on when it was last updated.
    pub from: String,
    /// The domain that it is to be on.
    pub to: String,
}

impl Move {
    /// What a change of the configuration means; nothing where a domain is not known, or is the same otherwise written.
    pub fn between(old: &Object, new: &Object) -> Option<Move> {
        let domain = |config: &Object| config.get(DOMAIN.name).and_then(Value::as_str).map(host);
        Move::of(domain(old)?, domain(new)?)
    }

    /// The same of a domain that the state recorded and the one that counts now.
    pub fn since(recorded: &str, now: &Domain) -> Option<Move> {
        Move::of(host(recorded), now.to_string())
    }

    fn of(from: String, to: String) -> Option<Move> {
        (from != to).then_some(Move { from, to })
    }

    /// What the user is to know of it.
    pub fn warning(&self) -> String {
        let Move { from, to } = self;
        format!(
            "this stack was last on the tenant {from}, and the domain is now that of {to}: what the state \
             holds is on {from} and does not move. Unless {to} is another name of the same tenant, correct \
             `auth0:domain` or AUTH0_DOMAIN before you go on"
        )
    }
}

/// The domain without what does not tell it from others.
fn host(text: &str) -> String {
    Domain::parse(text).map_or_else(|_| text.to_owned(), |parsed| parsed.domain.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing::inputs;

    #[test]
    fn the_domain_of_the_environment_is_recorded_where_the_program_gives_none() {
        struct Case {
            config: &'static str,
            environment: Option<&'static str>,
            recorded: &'static str,
        }
        let cases = [
            Case { config: "{}", environment: None, recorded: "{}" },
            Case {
                config: r#"{"clientId": "c"}"#,
                environment: Some("https://T.eu.auth0.com/"),
                recorded: r#"{"domain": "t.eu.auth0.com"}"#,
            },
            Case {
                config: "{}",
                environment: Some("http://127.0.0.1:4000"),
                recorded: r#"{"domain": "http://127.0.0.1:4000"}"#,
            },
            Case { config: r#"{"domain": "mine"}"#, environment: Some("other"), recorded: "{}" },
            Case { config: "{}", environment: Some("user:password@t"), recorded: "{}" },
        ];
        for Case { config, environment, recorded: expected } in cases {
            let env =
                |name: &str| environment.filter(|_| name == "AUTH0_DOMAIN").map(str::to_owned);
            assert_eq!(
                recorded(&inputs(config), &env),
                inputs(expected),
                "{config} {environment:?}"
            );
        }
        let unknown = Object::from([("domain".to_owned(), Value::Unknown)]);
        assert_eq!(recorded(&unknown, &|_| Some("t".into())), Object::new());
    }

    #[test]
    fn only_what_was_recorded_is_taken_out() {
        let mut given = inputs(r#"{"domain": "t", "__defaults": []}"#);
        assert_eq!(take_recorded(&mut given), None);
        let mut stored = inputs(r#"{"clientId": "c", "domain": "t", "__defaults": ["domain"]}"#);
        assert_eq!(take_recorded(&mut stored), Some("t".into()));
        assert_eq!(stored, inputs(r#"{"clientId": "c", "__defaults": ["domain"]}"#));
    }

    #[test]
    fn the_recorded_domain_counts_where_the_environment_has_none() {
        for (variable, domain) in [(None, "old"), (Some(" "), "old"), (Some("new"), "new")] {
            let env = |_: &str| variable.map(str::to_owned);
            let env = remembering(&env, Some("old"));
            assert_eq!(env("AUTH0_DOMAIN").as_deref(), Some(domain), "{variable:?}");
            assert_eq!(env("AUTH0_CLIENT_ID").as_deref(), variable.filter(|text| *text != " "));
        }
    }

    #[test]
    fn a_move_is_to_another_host_or_port() {
        struct Case {
            old: &'static str,
            new: &'static str,
            moves: bool,
        }
        let cases = [
            Case { old: r#"{"domain": "a"}"#, new: r#"{"domain": "b"}"#, moves: true },
            Case { old: r#"{"domain": "a"}"#, new: r#"{"domain": "https://A/"}"#, moves: false },
            Case {
                old: r#"{"domain": "http://127.0.0.1:1"}"#,
                new: r#"{"domain": "http://127.0.0.1:2"}"#,
                moves: true,
            },
            Case { old: "{}", new: r#"{"domain": "b"}"#, moves: false },
            Case { old: r#"{"domain": "a"}"#, new: "{}", moves: false },
        ];
        for Case { old, new, moves } in cases {
            let found = Move::between(&inputs(old), &inputs(new));
            assert_eq!(found.is_some(), moves, "{old} {new}: {found:?}");
        }
    }
}

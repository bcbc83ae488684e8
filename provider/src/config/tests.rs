use std::collections::BTreeMap;
use std::fmt::Write;

use pulumi_rs_sdk::value::Value;
use secrecy::ExposeSecret;

use super::*;

/// A configuration and an environment.
#[derive(Default)]
struct Given {
    config: &'static [(&'static str, &'static str)],
    env: &'static [(&'static str, &'static str)],
}

impl Given {
    fn config(&self) -> Object {
        self.config.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.env.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into())
    }

    fn check(&self) -> Vec<Problem> {
        check(&self.config(), &|name| self.variable(name))
    }

    fn resolve(&self) -> Result<Config, ConfigureError> {
        Config::resolve(&self.config(), &|name| self.variable(name))
    }
}

/// What the user is told when the provider is configured so.
fn refusal(given: &Given) -> String {
    match given.resolve().unwrap_err() {
        ConfigureError::Invalid(error) => {
            assert_eq!(error.kind, ErrorKind::InvalidArgument);
            error.message
        }
        ConfigureError::MissingKeys(keys) => {
            let lines = keys.iter().map(|key| format!("missing {}: {}", key.name, key.description));
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

const WHOLE: &[(&str, &str)] =
    &[("domain", "t.auth0.com"), ("clientId", "id"), ("clientSecret", "hunter2")];

#[test]
fn texts_of_refused_configurations() {
    struct Case {
        name: &'static str,
        given: Given,
    }
    let domain = |name, text: &'static [(&'static str, &'static str)]| Case {
        name,
        given: Given { config: text, env: &[("AUTH0_API_TOKEN", "hunter2")] },
    };
    let cases = [
        Case { name: "nothing at all", given: Given::default() },
        domain("no domain", &[]),
        domain("blank domain", &[("domain", "  ")]),
        domain("domain with a path", &[("domain", "t.auth0.com/api/v2/")]),
        domain("domain with a query", &[("domain", "t.auth0.com?x=hunter2")]),
        domain("domain with a fragment", &[("domain", "t.auth0.com#x")]),
        domain("domain with user info", &[("domain", "https://me:hunter2@t.auth0.com")]),
        domain("domain that is no host", &[("domain", "t auth0 com")]),
        domain("http off loopback", &[("domain", "http://t.auth0.com")]),
        Case {
            name: "no credentials",
            given: Given { config: &[("domain", "t.auth0.com")], env: &[] },
        },
        Case {
            name: "client without secret",
            given: Given { config: &[("domain", "t.auth0.com"), ("clientId", "id")], env: &[] },
        },
        Case {
            name: "secret without client",
            given: Given {
                config: &[("domain", "t.auth0.com"), ("clientSecret", "hunter2")],
                env: &[],
            },
        },
        Case {
            name: "token and client in the configuration",
            given: Given {
                config: &[
                    ("domain", "t.auth0.com"),
                    ("apiToken", "hunter2"),
                    ("clientId", "id"),
                    ("clientSecret", "hunter2"),
                ],
                env: &[],
            },
        },
        Case {
            name: "token in the configuration, client in the environment",
            given: Given {
                config: &[("domain", "t.auth0.com"), ("apiToken", "hunter2")],
                env: &[("AUTH0_CLIENT_ID", "id"), ("AUTH0_CLIENT_SECRET", "hunter2")],
            },
        },
        Case {
            name: "no requests at all",
            given: Given { config: WHOLE, env: &[("AUTH0_MAX_REQUESTS_PER_SECOND", "0")] },
        },
        Case {
            name: "secret and key",
            given: Given {
                config: WHOLE,
                env: &[("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY", "hunter2")],
            },
        },
        Case {
            name: "private key that is none",
            given: Given {
                config: &[
                    ("domain", "t.auth0.com"),
                    ("clientId", "id"),
                    ("clientAssertionPrivateKey", "hunter2"),
                    ("clientAssertionSigningAlg", "RS256"),
                ],
                env: &[],
            },
        },
        Case {
            name: "private key without its algorithm",
            given: Given {
                config: &[("domain", "t.auth0.com"), ("clientId", "id")],
                env: &[("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY", "hunter2")],
            },
        },
        Case {
            name: "private key with an algorithm that Auth0 does not take",
            given: Given {
                config: &[
                    ("domain", "t.auth0.com"),
                    ("clientId", "id"),
                    ("clientAssertionPrivateKey", "hunter2"),
                    ("clientAssertionSigningAlg", "ES256"),
                ],
                env: &[],
            },
        },
        Case {
            name: "CLI login of nobody",
            given: Given {
                config: &[("domain", "t.auth0.com")],
                env: &[("AUTH0_CLI_LOGIN", "true")],
            },
        },
        Case {
            name: "CLI login to nowhere",
            given: Given { config: &[], env: &[("AUTH0_CLI_LOGIN", "true"), ("HOME", "/home/me")] },
        },
        Case {
            name: "token with its scheme",
            given: Given {
                config: &[("domain", "t.auth0.com"), ("apiToken", "Bearer hunter2")],
                env: &[],
            },
        },
        Case {
            name: "flag that is none",
            given: Given { config: WHOLE, env: &[("AUTH0_DEBUG", "hunter2")] },
        },
    ];
    let mut texts = String::new();
    for case in &cases {
        writeln!(texts, "{}\n{}\n", case.name, refusal(&case.given)).unwrap();
    }
    assert!(!texts.contains("hunter2"), "{texts}");
    insta::assert_snapshot!(texts);
}

#[test]
fn client_credentials_may_be_mixed_from_both_places() {
    let given = Given {
        config: &[("clientId", "id")],
        env: &[("AUTH0_DOMAIN", "t.auth0.com"), ("AUTH0_CLIENT_SECRET", "hunter2")],
    };
    assert_eq!(given.check(), []);
    let config = given.resolve().unwrap();
    let Credentials::Client { id, secret } = config.credentials else { panic!("no client") };
    assert_eq!((id.as_str(), secret.expose_secret()), ("id", "hunter2"));
    assert_eq!(config.audience, "https://t.auth0.com/api/v2/");
    assert_eq!(config.warnings, [] as [String; 0]);
}

#[test]
fn the_configuration_wins_over_the_environment() {
    let given = Given {
        config: &[("domain", "config.auth0.com"), ("apiToken", "a"), ("audience", "urn:config")],
        env: &[("AUTH0_DOMAIN", "env.auth0.com"), ("AUTH0_AUDIENCE", "urn:env")],
    };
    let config = given.resolve().unwrap();
    assert_eq!(config.domain.to_string(), "config.auth0.com");
    assert_eq!(config.audience, "urn:config");
}

#[test]
fn a_blank_value_falls_back_to_the_environment() {
    let given = Given {
        config: &[("domain", " "), ("apiToken", "")],
        env: &[("AUTH0_DOMAIN", "env.auth0.com"), ("AUTH0_API_TOKEN", "hunter2\n")],
    };
    let config = given.resolve().unwrap();
    assert_eq!(config.domain.to_string(), "env.auth0.com");
    let Credentials::ApiToken(token) = config.credentials else { panic!("no token") };
    assert_eq!(token.expose_secret(), "hunter2");
}

#[test]
fn debug_shows_no_secret() {
    for credentials in
        [&[("clientId", "id"), ("clientSecret", "hunter2")][..], &[("apiToken", "hunter2")]]
    {
        let mut config = Object::from([("domain".to_owned(), Value::from("t.auth0.com"))]);
        config.extend(credentials.iter().map(|(name, value)| ((*name).into(), (*value).into())));
        let shown = format!("{:?}", Config::resolve(&config, &|_| None).unwrap());
        assert!(shown.contains("t.auth0.com") && !shown.contains("hunter2"), "{shown}");
    }
}

/// Whether this compiles is the test: the holder of every secret wipes it.
#[test]
fn every_secret_is_wiped_when_it_is_dropped() {
    fn is_wiped(_: &impl secrecy::zeroize::ZeroizeOnDrop) {}
    let given = Given { config: WHOLE, env: &[] };
    is_wiped(&crate::config::Given::from(given.config()));
    match given.resolve().unwrap().credentials {
        Credentials::ApiToken(token) => is_wiped(&token),
        Credentials::Client { id: _, secret } => is_wiped(&secret),
        Credentials::PrivateKey { id: _, key } => is_wiped(key.holder()),
        Credentials::CliLogin { file: _ } | Credentials::Later => {}
    }
}

#[test]
fn says_what_was_taken_off_the_domain_and_where_it_stands() {
    let given =
        Given { config: &[("apiToken", "a")], env: &[("AUTH0_DOMAIN", "https://t.auth0.com/")] };
    assert_eq!(
        given.resolve().unwrap().warnings,
        ["the domain in the environment variable AUTH0_DOMAIN should be a host name alone: took \
          `https://` and the trailing slash off, which leaves `t.auth0.com`"]
    );
}

#[test]
fn flags_may_come_as_text() {
    for (text, flag) in [("true", true), ("ON", true), ("1", true), ("false", false), ("0", false)]
    {
        let mut config: Object =
            WHOLE.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        config.insert("debug".into(), text.into());
        assert_eq!(Config::resolve(&config, &|_| None).unwrap().debug, flag, "{text}");
    }
    let mut config: Object = WHOLE.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
    config.insert("debug".into(), true.into());
    assert!(Config::resolve(&config, &|_| None).unwrap().debug);
}

#[test]
fn dynamic_credentials_may_come_later() {
    let given =
        Given { config: &[("domain", "t.auth0.com"), ("dynamicCredentials", "true")], env: &[] };
    assert!(matches!(given.resolve().unwrap().credentials, Credentials::Later));
    let given = Given { env: &[("AUTH0_DYNAMIC_CREDENTIALS", "true")], config: WHOLE };
    assert!(matches!(given.resolve().unwrap().credentials, Credentials::Client { .. }));
}

#[test]
fn the_login_of_the_cli_comes_before_other_credentials_and_says_so() {
    let given = Given {
        config: &[("domain", "t.auth0.com"), ("cliLogin", "true")],
        env: &[("HOME", "/home/me"), ("AUTH0_CLIENT_ID", "id"), ("AUTH0_CLIENT_SECRET", "hunter2")],
    };
    assert_eq!(given.check(), []);
    let config = given.resolve().unwrap();
    let Credentials::CliLogin { file } = config.credentials else { panic!("no CLI") };
    assert_eq!(file.to_str(), Some("/home/me/.config/auth0/config.json"));
    assert_eq!(
        config.warnings,
        ["`auth0:cliLogin` is true, so that the login of the Auth0 CLI is used, and not the \
          environment variable AUTH0_CLIENT_ID and the environment variable AUTH0_CLIENT_SECRET"]
    );
    let given = Given { config: WHOLE, env: &[("AUTH0_CLI_LOGIN", "false")] };
    assert!(matches!(given.resolve().unwrap().credentials, Credentials::Client { .. }));
}

#[test]
fn unknown_values_count_as_given_and_are_not_looked_into() {
    let config: Object = BTreeMap::from([
        ("domain".to_owned(), Value::Unknown),
        ("clientId".to_owned(), Value::Unknown),
        ("clientSecret".to_owned(), Value::Unknown),
        ("debug".to_owned(), Value::Unknown),
    ]);
    assert_eq!(check(&config, &|_| None), []);
    let problems = check(&config, &|name| (name == "AUTH0_API_TOKEN").then(|| "hunter2".into()));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(Config::resolve(&config, &|_| None).is_err());
}

#[test]
fn a_conflict_is_shown_at_what_the_stack_can_take_out() {
    let shown = |config, env| {
        let problems = Given { config, env }.check();
        assert_eq!(problems.len(), 1, "{problems:?}");
        problems[0].property
    };
    assert_eq!(shown(&[("apiToken", "a"), ("clientId", "id")], &[]), "clientId");
    assert_eq!(shown(&[("apiToken", "a")], &[("AUTH0_CLIENT_ID", "id")]), "apiToken");
    assert_eq!(shown(&[("clientId", "id")], &[("AUTH0_API_TOKEN", "a")]), "clientId");
}

#[test]
fn secret_marks_are_looked_through() {
    let config = Object::from([
        ("domain".to_owned(), Value::from("t.auth0.com")),
        ("apiToken".to_owned(), Value::Secret(Box::new("hunter2".into()))),
    ]);
    let config = Config::resolve(&config, &|_| None).unwrap();
    let Credentials::ApiToken(token) = config.credentials else { panic!("no token") };
    assert_eq!(token.expose_secret(), "hunter2");
}

#[test]
fn values_of_the_wrong_kind_are_refused() {
    let config = Object::from([
        ("domain".to_owned(), Value::from(1)),
        ("cliLogin".to_owned(), Value::from("perhaps")),
    ]);
    let problems = check(&config, &|_| None);
    assert_eq!(
        problems.iter().map(|p| (p.property, p.reason.as_str())).collect::<Vec<_>>(),
        [
            ("domain", "`auth0:domain` must be a string"),
            ("cliLogin", "`auth0:cliLogin` must be `true` or `false`"),
        ]
    );
}

#[test]
fn the_rate_may_be_a_number_or_text_in_the_configuration_or_the_environment() {
    let given = |config: &[(&str, Value)], variable: Option<&str>| {
        let whole = WHOLE.iter().map(|(name, value)| ((*name).into(), Value::from(*value)));
        let config: Object = whole
            .chain(config.iter().map(|(name, value)| ((*name).into(), value.clone())))
            .collect();
        let found = |name: &str| {
            variable.filter(|_| name == "AUTH0_MAX_REQUESTS_PER_SECOND").map(str::to_owned)
        };
        Config::resolve(&config, &found).unwrap().max_requests_per_second
    };
    assert_eq!(given(&[], None), None);
    assert_eq!(given(&[], Some("2.5")), Some(2.5));
    assert_eq!(given(&[("maxRequestsPerSecond", Value::Number(4.0))], Some("2.5")), Some(4.0));
    assert_eq!(given(&[("maxRequestsPerSecond", "4".into())], None), Some(4.0));
}

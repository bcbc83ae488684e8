//! CheckConfig, DiffConfig and Configure: the provider's own configuration.

use tonic::Status;

use super::answer::Marks;
use super::check::failures;
use super::proto::diff_response::DiffChanges;
use super::proto::{
    CheckRequest, CheckResponse, ConfigureRequest, ConfigureResponse, DiffRequest, DiffResponse,
};
use super::receive::receive;
use super::session::Session;
use super::status::missing_keys;
use crate::check::{self, fill_config, missing_config};
use crate::error::{ConfigureError, MissingKey};
use crate::provider::Provider;
use crate::secrets::Redactor;
use crate::state::{DEFAULTS, is_default};
use crate::table::{Field, Kind};
use crate::value::{Object, reveal};

/// Checks the configuration; what comes back is what came in, with secrets marked, and what the provider wants the
/// state to know of the environment.
pub fn check_config<P: Provider>(
    session: &Session<P>,
    request: CheckRequest,
) -> Result<CheckResponse, Status> {
    let package = session.package();
    let news = receive("news", request.news)?;
    let mut checked = check::check_config(package, &decoded(package.config, reveal(news.clone())));
    let config = rows_only(package.config, checked.inputs);
    checked.failures.extend(session.provider.check_config(&config));
    let failures = failures(checked.failures, || Redactor::new().and(package.config, &news));
    let mut plain = reveal(news.clone());
    let defaults = session.provider.config_defaults(&config);
    if !defaults.is_empty() {
        let names: Vec<&str> = defaults.keys().map(String::as_str).collect();
        plain.insert(DEFAULTS.to_owned(), names.into());
        plain.extend(defaults);
    }
    let inputs = Marks { fields: package.config, like: vec![news] }.put_on(plain);
    Ok(CheckResponse { inputs: Some(inputs), failures })
}

/// Compares configurations. A change makes a new provider, and with it every resource anew, only where the row says so.
/// What the state knows of the environment for the first time is no change.
pub fn diff_config<P: Provider>(
    session: &Session<P>,
    request: DiffRequest,
) -> Result<DiffResponse, Status> {
    let package = session.package();
    let plain = |values| {
        let mut config = rows_only(package.config, decoded(package.config, reveal(values)));
        fill_config(package.config, &mut config);
        config
    };
    let mut old = receive("old_inputs", request.old_inputs)?;
    if old.is_empty() {
        old = receive("olds", request.olds)?;
    }
    let (old, news) = (plain(old), plain(receive("news", request.news)?));
    let changed = |field: &&Field| {
        let (before, after) = (old.get(field.name), news.get(field.name));
        let one = if before.is_none() { &news } else { &old };
        before != after && (before.is_some() == after.is_some() || !is_default(one, field.name))
    };
    let diffs: Vec<String> =
        package.config.iter().filter(changed).map(|field| field.name.to_owned()).collect();
    let replaces = package.config.iter().filter(changed).filter(|field| field.replaces);
    let replaces = replaces.map(|field| field.name.to_owned()).collect();
    if !diffs.is_empty()
        && let Some(warning) = session.provider.note_config(&old, &news)
    {
        let secrets = Redactor::new().and(package.config, &old).and(package.config, &news);
        session.log(&request.urn, &secrets).warning(warning);
    }
    let changes = match diffs.is_empty() {
        true => DiffChanges::DiffNone,
        false => DiffChanges::DiffSome,
    };
    Ok(DiffResponse { changes: changes.into(), diffs, replaces, ..DiffResponse::default() })
}

/// Hands the configuration to the provider, complete with defaults. The answer says the same as the handshake.
///
/// # Errors
/// Names the required keys that have no value; and what the provider refuses.
pub async fn configure<P: Provider>(
    session: &Session<P>,
    request: ConfigureRequest,
) -> Result<ConfigureResponse, Status> {
    let package = session.package();
    let mut given = receive("args", request.args)?;
    if given.is_empty() {
        given = variables(package.name, request.variables);
    }
    let secrets = Redactor::new().and(package.config, &given);
    let mut config = rows_only(package.config, decoded(package.config, reveal(given)));
    let missing: Vec<MissingKey> =
        missing_config(package.config, &config).into_iter().map(MissingKey::of).collect();
    if !missing.is_empty() {
        return Err(missing_keys(package.name, &missing));
    }
    fill_config(package.config, &mut config);
    let context = session.context(request.urn.as_deref().unwrap_or_default(), &secrets);
    // Which of the builds of one version runs is what the engine does not know.
    if !package.build.is_empty() {
        context.log.debug(format!("pulumi-resource-{} {}", package.name, package.release()));
    }
    match session.provider.configure(&context, config).await {
        Ok(()) => session.set_configured(secrets),
        Err(ConfigureError::MissingKeys(keys)) => return Err(missing_keys(package.name, &keys)),
        Err(ConfigureError::Invalid(error)) => {
            let marks = Marks { fields: package.config, like: Vec::new() };
            return Err(marks.failure(error, &secrets, &context.log));
        }
    }
    Ok(ConfigureResponse {
        accept_secrets: true,
        supports_preview: true,
        accept_resources: true,
        accept_outputs: true,
        supports_autonaming_configuration: true,
    })
}

/// The old form of a configuration: texts by `<package>:config:<key>`.
fn variables(package: &str, variables: impl IntoIterator<Item = (String, String)>) -> Object {
    let prefix = format!("{package}:config:");
    variables
        .into_iter()
        .filter_map(|(key, text)| Some((key.strip_prefix(&prefix)?.to_owned(), text.into())))
        .collect()
}

/// What is in the table and set, and which of it came from the environment, without the engine's own keys.
fn rows_only(rows: &[Field], mut values: Object) -> Object {
    values.retain(|name, value| {
        let is_row = name == DEFAULTS || rows.iter().any(|field| field.name == name);
        is_row && !value.is_null()
    });
    values
}

/// Values of other kinds than texts travel as texts of JSON.
fn decoded(rows: &[Field], mut values: Object) -> Object {
    for field in rows.iter().filter(|field| !matches!(field.kind, Kind::String)) {
        let Some(value) = values.get_mut(field.name) else { continue };
        let json =
            value.as_str().and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
        if let Some(json) = json {
            *value = json.into();
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::{Demo, properties, secret};
    use crate::server::finder::Finder;
    use crate::server::testing::{Changes, Client};
    use crate::value::Value;

    async fn client() -> (Demo, Client) {
        let demo = Demo::default();
        (demo.clone(), Client::start(demo).await.unwrap())
    }

    #[tokio::test]
    async fn a_checked_configuration_comes_back_as_it_was_with_secrets_marked() {
        let (_, client) = client().await;
        let news = properties([
            ("debug", "true".into()),
            ("endpoint", Value::Unknown),
            ("headers", r#"{"a":"b"}"#.into()),
            ("token", "canary".into()),
            ("pluginDownloadURL", "https://example.com".into()),
            ("version", "1.2.3".into()),
        ]);
        let mut expected = news.clone();
        expected.insert("token".to_owned(), secret("canary"));
        let checked = client.check_config(news).await.unwrap();
        assert_eq!(checked.failures, []);
        assert_eq!(checked.inputs, expected);
    }

    /// The configuration of a stack, as its state holds it after `endpoint` came from the environment.
    fn from_environment(endpoint: &str) -> Object {
        properties([("__defaults", vec!["endpoint"].into()), ("endpoint", endpoint.into())])
    }

    #[tokio::test]
    async fn what_the_environment_gives_is_in_the_inputs_where_the_program_gives_nothing() {
        let (demo, client) = client().await;
        *demo.environment() = Some("e".to_owned());
        let checked = client.check_config(properties([])).await.unwrap();
        assert_eq!(checked.inputs, from_environment("e"));
        let given = properties([("endpoint", "mine".into())]);
        assert_eq!(client.check_config(given.clone()).await.unwrap().inputs, given);
        client.configure(from_environment("e")).await.unwrap();
        let mut expected = from_environment("e");
        expected.insert("house".to_owned(), "main".into());
        assert_eq!(*demo.seen(), [expected]);
    }

    #[tokio::test]
    async fn another_environment_is_a_change_that_is_told() {
        struct Case {
            old: Object,
            new: Object,
            change: bool,
        }
        let (none, given) = (properties([]), properties([("endpoint", "a".into())]));
        let cases = [
            Case { old: none.clone(), new: from_environment("a"), change: false },
            Case { old: from_environment("a"), new: none.clone(), change: false },
            Case { old: from_environment("a"), new: given.clone(), change: false },
            Case { old: given.clone(), new: from_environment("a"), change: false },
            Case { old: none.clone(), new: given.clone(), change: true },
            Case { old: from_environment("a"), new: from_environment("b"), change: true },
            Case { old: given, new: from_environment("b"), change: true },
        ];
        let (_, client) = client().await;
        for Case { old, new, change } in cases {
            let diffed = client.diff_config(old.clone(), new.clone()).await.unwrap();
            let expected: &[&str] = if change { &["endpoint"] } else { &[] };
            assert_eq!(diffed.diffs, expected, "{old:?} {new:?}");
            if change {
                let message = client.next_message().await.unwrap();
                let place = |config: &Object| match config.get("endpoint") {
                    Some(place) => place.as_str().unwrap().to_owned(),
                    None => String::new(),
                };
                let text =
                    format!("the boxes were at {:?} and are at {:?}", place(&old), place(&new));
                assert_eq!(message.text, text);
                assert!(
                    message.urn.ends_with("::pulumi:providers:test::default"),
                    "{}",
                    message.urn
                );
            }
        }
    }

    #[tokio::test]
    async fn mistakes_in_the_configuration_are_told_without_secrets() {
        let (_, client) = client().await;
        let news = properties([
            ("endpoint", "bad".into()),
            ("retries", "many".into()),
            ("token", "canary".into()),
            ("tokne", "x".into()),
        ]);
        let failures = client.check_config(news).await.unwrap().failures;
        let at: Vec<String> = failures.iter().map(|failure| failure.property.to_string()).collect();
        assert_eq!(at, ["retries", "tokne", "endpoint"]);
        assert_eq!(failures[2].reason, "does not know [secret]");
    }

    #[tokio::test]
    async fn a_change_of_configuration_replaces_only_where_its_row_says_so() {
        struct Case {
            old: Object,
            new: Object,
            diffs: &'static [&'static str],
            replaces: &'static [&'static str],
        }
        let cases = [
            Case { old: properties([]), new: properties([]), diffs: &[], replaces: &[] },
            Case {
                old: properties([]),
                new: properties([("house", "main".into())]),
                diffs: &[],
                replaces: &[],
            },
            Case {
                old: properties([("retries", 1.into())]),
                new: properties([("house", "other".into())]),
                diffs: &["house", "retries"],
                replaces: &["house"],
            },
            Case {
                old: properties([("token", secret("x"))]),
                new: properties([("token", "x".into())]),
                diffs: &[],
                replaces: &[],
            },
            Case {
                old: properties([("debug", "true".into()), ("endpoint", Value::Null)]),
                new: properties([("debug", true.into()), ("version", "2.0.0".into())]),
                diffs: &[],
                replaces: &[],
            },
            Case {
                old: properties([("headers", r#"{"a":"b"}"#.into())]),
                new: properties([("headers", properties([("a", "b".into())]).into())]),
                diffs: &[],
                replaces: &[],
            },
            Case {
                old: properties([("endpoint", "a".into()), ("token", "x".into())]),
                new: properties([("endpoint", Value::Unknown), ("token", "y".into())]),
                diffs: &["endpoint", "token"],
                replaces: &[],
            },
        ];
        let (_, client) = client().await;
        for case in cases {
            let diffed = client.diff_config(case.old, case.new).await.unwrap();
            let changes = if case.diffs.is_empty() { Changes::None } else { Changes::Some };
            assert_eq!(diffed.diffs, case.diffs);
            assert_eq!(diffed.changes, changes);
            assert_eq!(diffed.replaces, case.replaces);
        }
    }

    #[tokio::test]
    async fn the_provider_is_configured_with_plain_values_of_their_kinds() {
        let (demo, client) = client().await;
        let config = properties([
            ("debug", "true".into()),
            ("headers", secret(r#"{"a":"b"}"#)),
            ("retries", "3".into()),
            ("token", secret("canary")),
            ("version", "1.2.3".into()),
            ("endpoint", Value::Null),
        ]);
        client.configure(config).await.unwrap();
        let expected = properties([
            ("debug", true.into()),
            ("headers", properties([("a", "b".into())]).into()),
            ("house", "main".into()),
            ("retries", 3.into()),
            ("token", "canary".into()),
        ]);
        assert_eq!(*demo.seen(), [expected]);
        assert_eq!(client.next_message().await.unwrap().text, "configured with [secret]");
    }

    #[tokio::test]
    async fn the_old_form_of_a_configuration_will_do() {
        let (demo, client) = client().await;
        let variables = [("retries", "3"), ("endpoint", "e")];
        client.configure_by_variables("demo", &variables).await.unwrap();
        let expected =
            properties([("endpoint", "e".into()), ("house", "main".into()), ("retries", 3.into())]);
        assert_eq!(*demo.seen(), [expected]);
    }

    #[tokio::test]
    async fn a_required_key_without_a_value_is_named_with_how_to_set_it() {
        let client = Client::start(Finder::default()).await.unwrap();
        let checked = client.check_config(properties([])).await.unwrap();
        let told: Vec<String> = checked.failures.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "house: missing: set it by `pulumi config set finder:house <value>`, or give it to the \
              provider that your program makes"
            ]
        );
        let failure = client.configure(properties([])).await.unwrap_err();
        assert_eq!(failure.missing_keys.len(), 1);
        assert_eq!(failure.missing_keys[0].name, "finder:house");
        assert_eq!(failure.missing_keys[0].description, "The house that it looks in.");
        let unknown = properties([("house", Value::Unknown)]);
        assert_eq!(client.check_config(unknown).await.unwrap().failures, []);
    }

    #[tokio::test]
    async fn missing_keys_are_named_as_the_user_sets_them() {
        let (_, client) = client().await;
        let failure =
            client.configure(properties([("endpoint", "missing".into())])).await.unwrap_err();
        assert_eq!(failure.code, "InvalidArgument");
        assert_eq!(failure.missing_keys[0].name, "demo:endpoint");
        assert_eq!(
            failure.message,
            "missing required configuration demo:endpoint: where the boxes are"
        );
    }

    #[tokio::test]
    async fn a_refused_configuration_shows_no_secret() {
        let (_, client) = client().await;
        let config = properties([("endpoint", "bad".into()), ("token", "canary".into())]);
        let failure = client.configure(config).await.unwrap_err();
        assert_eq!(failure.to_string(), "Unauthenticated: [secret] is not let in");
    }
}

//! The provider's configuration: from the stack or the environment, checked and made ready.

mod domain;
mod given;
mod recorded;
mod settings;
mod signing_key;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use pulumi_rs_sdk::error::{ConfigureError, Error, ErrorKind, MissingKey};
use pulumi_rs_sdk::value::Object;
use secrecy::SecretString;

pub use domain::Domain;
pub use given::Given;
pub use recorded::{Move, recorded, remembering, take_recorded};
use settings::{Key, Origin, Settings, parse_flag};
pub use signing_key::{Algorithm, SigningKey, Unsigned};

/// Gives the value of an environment variable.
pub type Environment<'a> = dyn Fn(&str) -> Option<String> + 'a;

const DOMAIN: Key = Key::new("domain", "AUTH0_DOMAIN");
const AUDIENCE: Key = Key::new("audience", "AUTH0_AUDIENCE");
const API_TOKEN: Key = Key::new("apiToken", "AUTH0_API_TOKEN");
const CLIENT_ID: Key = Key::new("clientId", "AUTH0_CLIENT_ID");
const CLIENT_SECRET: Key = Key::new("clientSecret", "AUTH0_CLIENT_SECRET");
const ASSERTION_KEY: Key =
    Key::new("clientAssertionPrivateKey", "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY");
const ASSERTION_ALG: Key =
    Key::new("clientAssertionSigningAlg", "AUTH0_CLIENT_ASSERTION_SIGNING_ALG");
const CLI_LOGIN: Key = Key::new("cliLogin", "AUTH0_CLI_LOGIN");
const DYNAMIC_CREDENTIALS: Key = Key::new("dynamicCredentials", "AUTH0_DYNAMIC_CREDENTIALS");
const CUSTOM_DOMAIN_HEADER: Key = Key::new("customDomainHeader", "AUTH0_CUSTOM_DOMAIN_HEADER");
const MAX_REQUESTS: Key = Key::new("maxRequestsPerSecond", "AUTH0_MAX_REQUESTS_PER_SECOND");
const DEBUG: Key = Key::new("debug", "AUTH0_DEBUG");

/// What proves who the provider is, where the Auth0 CLI does not.
const PROOFS: [Key; 4] = [API_TOKEN, CLIENT_ID, CLIENT_SECRET, ASSERTION_KEY];

/// Set to `false`, it keeps previews from asking the tenant anything.
const PREVIEW_CHECKS: &str = "AUTH0_PREVIEW_CHECKS";

/// Who the provider is, towards which tenant.
///
/// # Guarantees
/// Its `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct Config {
    /// The tenant.
    pub domain: Domain,
    /// The identifier of the API that tokens are asked for.
    pub audience: String,
    /// How the provider proves who it is.
    pub credentials: Credentials,
    /// The custom domain that mails and tickets are to name, where the API lets one choose.
    pub custom_domain_header: Option<String>,
    /// How many requests a second the process sends at most, tokens apart.
    pub max_requests_per_second: Option<f64>,
    /// Whether previews look whether what a resource refers to is there.
    pub preview_checks: bool,
    /// Whether every request is told to those who look for a fault.
    pub debug: bool,
    /// What the user should know about the configuration, to be shown once.
    pub warnings: Vec<String>,
}

/// How the provider proves who it is.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A Management API token that the user made.
    ApiToken(SecretString),
    /// An application that may ask for tokens with its secret.
    Client {
        /// The client ID of the application.
        id: String,
        /// Its secret.
        secret: SecretString,
    },
    /// An application that may ask for tokens with what its private key has signed.
    PrivateKey {
        /// The client ID of the application.
        id: String,
        /// Its key.
        key: SigningKey,
    },
    /// The login of the Auth0 CLI.
    CliLogin {
        /// The file in which the CLI keeps it.
        file: PathBuf,
    },
    /// None yet, which `dynamicCredentials` allows until the first request.
    Later,
}

/// Something wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The configuration key, without the package's name.
    pub property: &'static str,
    /// What is wrong and how to mend it; never a secret.
    pub reason: String,
}

impl Config {
    /// Understands the configuration; a value that it does not hold is taken from the environment.
    ///
    /// Pure. What came from the environment is in the result alone, never in `config`.
    ///
    /// # Errors
    /// All missing keys together, else all other problems in one text.
    pub fn resolve(config: &Object, env: &Environment<'_>) -> Result<Config, ConfigureError> {
        let settings = Settings { config, env };
        let mut problems = check(config, env);
        problems.extend(settings.unknown());
        if !problems.is_empty() {
            return Err(invalid(&problems));
        }

        let later = settings.flag(DYNAMIC_CREDENTIALS).unwrap_or_default();
        let mut missing = Vec::new();
        let text = settings.text(DOMAIN).unwrap_or_else(|| {
            missing.push(missing_key(
                DOMAIN,
                "the domain of the tenant, such as `my-tenant.eu.auth0.com`",
            ));
            String::new()
        });
        let token = settings.look(API_TOKEN, |text| SecretString::from(text.trim()));
        let id = settings.text(CLIENT_ID);
        let secret = settings.look(CLIENT_SECRET, |text| SecretString::from(text));
        // `check` has seen it already.
        let key = signing_key(&settings).map_err(|problem| invalid(&[problem]))?;
        let cli = settings.flag(CLI_LOGIN).unwrap_or_default();
        let credentials = match (token, id, secret, key) {
            // As with the published provider, it comes before all others.
            _ if cli => Credentials::CliLogin { file: cli_file(env).map_err(|p| invalid(&[p]))? },
            (Some(token), ..) => Credentials::ApiToken(token),
            (None, Some(id), Some(secret), _) => Credentials::Client { id, secret },
            (None, Some(id), None, Some(key)) => Credentials::PrivateKey { id, key },
            _ if later => Credentials::Later,
            // The engine would advise to set a missing key without `--secret`.
            (None, Some(_), None, None) => {
                return Err(invalid(&[CLIENT_SECRET.problem(String::from(
                    "the secret of the application `auth0:clientId` is missing: set it with `pulumi \
                     config set --secret auth0:clientSecret`, or AUTH0_CLIENT_SECRET in the \
                     environment; or its private key with `auth0:clientAssertionPrivateKey` and \
                     `auth0:clientAssertionSigningAlg`",
                ))]));
            }
            (None, None, ..) => {
                missing.push(missing_credentials());
                Credentials::Later
            }
        };
        if !missing.is_empty() {
            return Err(ConfigureError::MissingKeys(missing));
        }

        // `check` has seen the domain already.
        let parsed = Domain::parse(&text)
            .map_err(|reason| invalid(&[domain_problem(&settings, &reason)]))?;
        let mut warnings = Vec::new();
        if cli && let Some(others) = settings.names(&PROOFS) {
            warnings.push(format!(
                "{} is true, so that the login of the Auth0 CLI is used, and not {others}",
                settings.name(CLI_LOGIN)
            ));
        }
        warnings.extend(parsed.taken_off.map(|part| {
            format!(
                "the domain in {} should be a host name alone: took {part} off, which leaves `{}`",
                settings.name(DOMAIN),
                parsed.domain
            )
        }));
        Ok(Config {
            audience: settings.text(AUDIENCE).unwrap_or_else(|| parsed.domain.management_api()),
            domain: parsed.domain,
            credentials,
            custom_domain_header: settings.text(CUSTOM_DOMAIN_HEADER),
            max_requests_per_second: settings.rate(MAX_REQUESTS),
            preview_checks: env(PREVIEW_CHECKS).is_none_or(|text| parse_flag(&text) != Some(false)),
            debug: settings.flag(DEBUG).unwrap_or_default(),
            warnings,
        })
    }
}

/// Says what is wrong with the configuration, as far as that can be told before it is complete.
///
/// Pure. Unknown values count as given and are not looked into. Values of the environment count:
/// `AUTH0_CLIENT_ID` beside `auth0:apiToken` is a conflict. That a key is missing is said when the
/// provider is configured, by [`Config::resolve`].
pub fn check(config: &Object, env: &Environment<'_>) -> Vec<Problem> {
    let settings = Settings { config, env };
    let mut problems = settings.malformed();
    if let Some(Err(reason)) = settings.text(DOMAIN).map(|text| Domain::parse(&text)) {
        problems.push(domain_problem(&settings, &reason));
    }
    for key in [API_TOKEN, CUSTOM_DOMAIN_HEADER] {
        let foreign = |text: &str| text.trim().chars().any(|c| !c.is_ascii_graphic());
        if settings.look(key, foreign).unwrap_or_default() {
            let name = settings.name(key);
            problems.push(key.problem(format!(
                "{name} must not hold white space or characters outside ASCII; give the value alone"
            )));
        }
    }
    if let Some(Err(reason)) = settings.text(ASSERTION_ALG).map(|name| Algorithm::parse(&name)) {
        let name = settings.name(ASSERTION_ALG);
        problems.push(ASSERTION_ALG.problem(format!("the algorithm in {name} {reason}")));
    } else {
        problems.extend(signing_key(&settings).err());
    }
    problems.extend(conflict(
        &settings,
        &[API_TOKEN],
        &[CLIENT_ID, CLIENT_SECRET, ASSERTION_KEY, ASSERTION_ALG],
        "give either a token or an application",
    ));
    problems.extend(conflict(
        &settings,
        &[CLIENT_SECRET],
        &[ASSERTION_KEY, ASSERTION_ALG],
        "give either the application's secret or its key",
    ));
    for (key, needed) in [
        (CLIENT_SECRET, CLIENT_ID),
        (ASSERTION_KEY, CLIENT_ID),
        (ASSERTION_KEY, ASSERTION_ALG),
        (ASSERTION_ALG, CLIENT_ID),
        (ASSERTION_ALG, ASSERTION_KEY),
    ] {
        if let Some(origin) = settings.origin(key)
            && settings.origin(needed).is_none()
        {
            problems.push(key.problem(format!(
                "{} needs {needed} beside it, which is not set",
                origin.name(key)
            )));
        }
    }
    problems
}

/// The application's private key, if one is given together with its algorithm.
fn signing_key(settings: &Settings<'_>) -> Result<Option<SigningKey>, Problem> {
    let algorithm = settings.text(ASSERTION_ALG).and_then(|name| Algorithm::parse(&name).ok());
    let Some(algorithm) = algorithm else { return Ok(None) };
    let key = settings.look(ASSERTION_KEY, |pem| SigningKey::parse(pem, algorithm));
    key.transpose().map_err(|reason| {
        let name = settings.name(ASSERTION_KEY);
        ASSERTION_KEY.problem(format!("the private key in {name} {reason}"))
    })
}

/// One problem for `keys` beside any of `others`, if both are set.
fn conflict(
    settings: &Settings<'_>,
    keys: &[Key],
    others: &[Key],
    advice: &str,
) -> Option<Problem> {
    let set = |keys: &[Key]| -> Vec<(Key, String)> {
        let name = |key: &Key| settings.origin(*key).map(|origin| (*key, origin.name(*key)));
        keys.iter().filter_map(name).collect()
    };
    let (given, against) = (set(keys), set(others));
    match (given.first(), against.first()) {
        // The problem is shown at the key that can be taken out of the stack's configuration.
        (Some((key, name)), Some((other, _))) => {
            let shown = if settings.origin(*other) == Some(Origin::Config) { other } else { key };
            Some(shown.problem(format!(
                "{name} conflicts with {}: {advice}, and unset the rest",
                settings.names(others).unwrap_or_default()
            )))
        }
        _ => None,
    }
}

/// The file in which the Auth0 CLI keeps its logins, as the CLI itself finds it.
fn cli_file(env: &Environment<'_>) -> Result<PathBuf, Problem> {
    // The CLI knows HOME alone; where that is unset, as on Windows, it is the user's folder.
    let set = |name| env(name).filter(|folder| !folder.is_empty());
    let home = set("HOME").or_else(|| set("USERPROFILE")).ok_or_else(|| {
        let reason = "the login of the Auth0 CLI is below the folder of the user, and the \
                      environment variable HOME does not say where that is";
        CLI_LOGIN.problem(reason.to_owned())
    })?;
    Ok([home.as_str(), ".config", "auth0", "config.json"].iter().collect())
}

fn domain_problem(settings: &Settings<'_>, reason: &str) -> Problem {
    DOMAIN.problem(format!("the domain in {} {reason}", settings.name(DOMAIN)))
}

fn missing_key(key: Key, what: &str) -> MissingKey {
    MissingKey { name: key.name.into(), description: format!("{what}, in {key}") }
}

fn missing_credentials() -> MissingKey {
    MissingKey {
        name: CLIENT_ID.name.into(),
        description: format!(
            "the client ID of an application that may use the Management API, in {CLIENT_ID}, with \
             its secret in {CLIENT_SECRET}; or with its private key in {ASSERTION_KEY} and the \
             key's algorithm in {ASSERTION_ALG}; or instead a Management API token in \
             {API_TOKEN}; or `true` in {CLI_LOGIN} for the login of the Auth0 CLI"
        ),
    }
}

fn invalid(problems: &[Problem]) -> ConfigureError {
    let reasons: Vec<_> = problems.iter().map(|problem| problem.reason.as_str()).collect();
    ConfigureError::Invalid(Error::new(ErrorKind::InvalidArgument, reasons.join("\n")))
}

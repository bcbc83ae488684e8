//! What this build of the provider calls itself.

/// The version of the published SDK that this provider tracks, without a leading `v`.
pub const VERSION: &str = "3.55.1";

/// The build: a commit or release name given at compile time, else `dev`.
pub const BUILD: &str = match option_env!("PLUGIN_BUILD") {
    Some(build) => build,
    None => "dev",
};

/// The version of the framework underneath.
const FRAMEWORK: &str = "0.1.0";

/// What every request of ours carries as `User-Agent`.
pub fn user_agent() -> String {
    format!("pulumi-resource-auth0/{VERSION} (build {BUILD}) pulumi-rs-sdk/{FRAMEWORK}")
}

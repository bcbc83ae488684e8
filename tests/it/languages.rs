//! The languages in which the seed program is there, each a folder of examples/.

use serde_json::Value;
use tests::{Stack, Tenant};

/// The seed program in a language.
pub struct Language {
    /// Its folder in examples/.
    pub example: &'static str,
    /// The version of the published provider that it is for: of its SDK where it has one.
    pub sdk: &'static str,
}

/// The user's own.
pub const PYTHON: Language = Language { example: "python", sdk: "3.55.1" };
/// With an SDK that is older than the plugin.
pub const TYPESCRIPT: Language = Language { example: "typescript", sdk: "3.49.0" };
/// With the SDK that is made of the schema, in the place of the published module.
pub const GO: Language = Language { example: "go", sdk: "3.55.1" };
/// Without an SDK.
pub const YAML: Language = Language { example: "yaml", sdk: "3.55.1" };

impl Language {
    /// A stack of the program, exactly as it lies there.
    pub fn stack(&self, tenant: &Tenant) -> Stack {
        Stack::example(tenant, self.example)
    }
}

/// The version by which the engine asked for the plugin on behalf of the stack's program.
#[track_caller]
pub fn version_asked_for(stack: &Stack) -> String {
    let state = stack.state();
    let provider = state.iter().find(|resource| resource["type"] == "pulumi:providers:auth0");
    let version = provider.map(|provider| &provider["inputs"]["version"]);
    version.and_then(Value::as_str).expect("a provider with a version").to_owned()
}

/// Whoever asked the tenant, it was our plugin: the published one says the same version to the engine.
#[track_caller]
pub fn assert_our_plugin_asked(tenant: &Tenant) {
    let requests = tenant.requests();
    assert!(!requests.is_empty(), "nobody asked the tenant");
    for request in requests {
        assert!(request.user_agent.starts_with("pulumi-resource-auth0/3.55.1"), "{request:?}");
    }
}

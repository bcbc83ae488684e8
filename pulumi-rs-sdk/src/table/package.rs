//! A package: what a provider is called, how it is configured, and what is in it.

use super::{Field, Function, Resource};

/// A provider package.
#[derive(Debug, Clone, Copy)]
pub struct Package {
    /// Its name, `auth0` for instance.
    pub name: &'static str,
    /// Its version, without a `v`.
    pub version: &'static str,
    /// What this build of it is called, a commit or a release for instance; empty where it has no name.
    pub build: &'static str,
    /// Its name for people.
    pub display_name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Where its source is.
    pub repository: &'static str,
    /// Its licence, as SPDX names it.
    pub license: &'static str,
    /// Words to find it by.
    pub keywords: &'static [&'static str],
    /// Its configuration.
    pub config: &'static [Field],
    /// Its resources, sorted by name.
    pub resources: &'static [&'static Resource],
    /// Its functions, sorted by name.
    pub functions: &'static [&'static Function],
    /// The methods of the provider itself, sorted by name.
    pub methods: &'static [&'static Function],
    /// The part of the schema about the languages of SDKs, as JSON.
    pub languages: &'static str,
    /// Whether tokens have the form that bridged providers use.
    pub bridged_tokens: bool,
}

/// A provider package without configuration and resources.
pub const fn package(name: &'static str, version: &'static str) -> Package {
    Package {
        name,
        version,
        build: "",
        display_name: name,
        description: "",
        publisher: "",
        repository: "",
        license: "Apache-2.0",
        keywords: &[],
        config: &[],
        resources: &[],
        functions: &[],
        methods: &[],
        languages: "{}",
        bridged_tokens: false,
    }
}

impl Package {
    /// What this build of it is called: `--version` and a message for debugging tell it.
    pub const fn build(mut self, name: &'static str) -> Self {
        self.build = name;
        self
    }

    /// Its name for people.
    pub const fn display_name(mut self, name: &'static str) -> Self {
        self.display_name = name;
        self
    }

    /// What it is.
    pub const fn description(mut self, text: &'static str) -> Self {
        self.description = text;
        self
    }

    /// Who publishes it.
    pub const fn publisher(mut self, name: &'static str) -> Self {
        self.publisher = name;
        self
    }

    /// Where its source is.
    pub const fn repository(mut self, address: &'static str) -> Self {
        self.repository = address;
        self
    }

    /// Words to find it by.
    pub const fn keywords(mut self, words: &'static [&'static str]) -> Self {
        self.keywords = words;
        self
    }

    /// Its configuration.
    pub const fn config(mut self, fields: &'static [Field]) -> Self {
        self.config = fields;
        self
    }

    /// Its resources, sorted by name.
    pub const fn resources(mut self, resources: &'static [&'static Resource]) -> Self {
        self.resources = resources;
        self
    }

    /// Its functions, sorted by name.
    pub const fn functions(mut self, functions: &'static [&'static Function]) -> Self {
        self.functions = functions;
        self
    }

    /// The methods of the provider itself, sorted by name.
    pub const fn methods(mut self, methods: &'static [&'static Function]) -> Self {
        self.methods = methods;
        self
    }

    /// The part of the schema about the languages of SDKs, as JSON.
    pub const fn languages(mut self, json: &'static str) -> Self {
        self.languages = json;
        self
    }

    /// Tokens have the form that bridged providers use: `auth0:index/clientGrant:ClientGrant`.
    pub const fn bridged_tokens(mut self) -> Self {
        self.bridged_tokens = true;
        self
    }

    /// The version and the build: `1.2.3 (build 0a1b2c3)`.
    pub fn release(&self) -> String {
        match self.build {
            "" => self.version.to_owned(),
            build => format!("{} (build {build})", self.version),
        }
    }

    /// The token of a resource.
    pub fn resource_token(&self, resource: &Resource) -> String {
        match self.bridged_tokens {
            false => format!("{}:index:{}", self.name, resource.name),
            true => {
                format!("{}:index/{}:{}", self.name, decapitalized(resource.name), resource.name)
            }
        }
    }

    /// The token of a function.
    pub fn function_token(&self, function: &Function) -> String {
        self.type_token(function.name)
    }

    /// The token of a method of the provider itself.
    pub fn method_token(&self, method: &Function) -> String {
        format!("pulumi:providers:{}/{}", self.name, method.name)
    }

    /// The token of a named object type.
    pub fn type_token(&self, name: &str) -> String {
        match self.bridged_tokens {
            false => format!("{}:index:{name}", self.name),
            true => format!("{}:index/{name}:{name}", self.name),
        }
    }

    /// The resource of that token.
    pub fn resource(&self, token: &str) -> Option<&'static Resource> {
        self.resources.iter().copied().find(|resource| {
            // Only that one's token is made.
            token.ends_with(resource.name) && self.resource_token(resource) == token
        })
    }

    /// The function of that token.
    pub fn function(&self, token: &str) -> Option<&'static Function> {
        self.functions.iter().copied().find(|function| self.function_token(function) == token)
    }

    /// The method of the provider itself of that token.
    pub fn method(&self, token: &str) -> Option<&'static Function> {
        self.methods.iter().copied().find(|method| self.method_token(method) == token)
    }
}

fn decapitalized(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{function, resource};

    #[test]
    fn a_release_names_its_build_where_that_has_a_name() {
        assert_eq!(package("auth0", "1.0.0").release(), "1.0.0");
        assert_eq!(package("auth0", "1.0.0").build("0a1b2c3").release(), "1.0.0 (build 0a1b2c3)");
    }

    #[test]
    fn tokens_have_the_form_that_the_package_says() {
        const GRANT: Resource = resource("ClientGrant");
        const FIND: Function = function("getClient");
        let plain = package("auth0", "1.0.0").resources(&[&GRANT]).functions(&[&FIND]);
        assert_eq!(plain.function_token(&FIND), "auth0:index:getClient");
        assert_eq!(plain.method_token(&FIND), "pulumi:providers:auth0/getClient");
        assert_eq!(plain.resource_token(&GRANT), "auth0:index:ClientGrant");
        let bridged = plain.bridged_tokens();
        assert_eq!(bridged.resource_token(&GRANT), "auth0:index/clientGrant:ClientGrant");
        assert_eq!(bridged.type_token("Box"), "auth0:index/Box:Box");
        assert!(bridged.resource("auth0:index/clientGrant:ClientGrant").is_some());
        assert!(bridged.resource("auth0:index:ClientGrant").is_none());
        assert!(bridged.function("auth0:index/getClient:getClient").is_some());
        assert!(bridged.method("pulumi:providers:auth0/getClient").is_none(), "no method");
    }
}

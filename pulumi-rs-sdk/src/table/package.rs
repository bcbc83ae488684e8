//! A package: what a provider is called, how it is configured, and what is in it.

use super::{By, Field, Function, Resource};
use crate::provider::erased::{AnyAnswer, AnyHandler};

/// The package of the provider `P`, or the bare tables of one.
pub struct Package<P: 'static = ()> {
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
    /// Its page for users; its repository where empty.
    pub homepage: &'static str,
    /// Its licence, as SPDX names it.
    pub license: &'static str,
    /// Words to find it by.
    pub keywords: &'static [&'static str],
    /// Its configuration.
    pub config: &'static [Field],
    /// Its resources with their code, sorted by name.
    pub resources: &'static [By<Resource, dyn AnyHandler<P>>],
    /// Its functions with their code, sorted by name.
    pub functions: &'static [By<Function, dyn AnyAnswer<P>>],
    /// The methods of the provider itself with their code, sorted by name.
    pub methods: &'static [By<Function, dyn AnyAnswer<P>>],
    /// The part of the schema about the languages of SDKs, as JSON.
    pub languages: &'static str,
    /// Whether tokens have the form that bridged providers use.
    pub bridged_tokens: bool,
    /// Whether it stands in for a published plugin of the same name, which has more.
    pub stands_in: bool,
}

/// A provider package without configuration and resources.
pub const fn package<P>(name: &'static str, version: &'static str) -> Package<P> {
    Package {
        name,
        version,
        build: "",
        display_name: name,
        description: "",
        publisher: "",
        repository: "",
        homepage: "",
        license: "Apache-2.0",
        keywords: &[],
        config: &[],
        resources: &[],
        functions: &[],
        methods: &[],
        languages: "{}",
        bridged_tokens: false,
        stands_in: false,
    }
}

impl<P> Clone for Package<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Package<P> {}

impl<P> Package<P> {
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

    /// Its resources, sorted by name: `&[by(&[&FILE], &Files), by(&[&FOLDER], &Folders)]`.
    pub const fn resources(
        mut self,
        resources: &'static [By<Resource, dyn AnyHandler<P>>],
    ) -> Self {
        self.resources = resources;
        self
    }

    /// Its functions, sorted by name: `&[answered_by(&[&DIGEST], &Digest)]`.
    pub const fn functions(mut self, functions: &'static [By<Function, dyn AnyAnswer<P>>]) -> Self {
        self.functions = functions;
        self
    }

    /// The methods of the provider itself, sorted by name.
    pub const fn methods(mut self, methods: &'static [By<Function, dyn AnyAnswer<P>>]) -> Self {
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

    /// It stands in for a published plugin of the same name: who asks for what is not here is told to keep that one.
    pub const fn stands_in_for_the_published(mut self) -> Self {
        self.stands_in = true;
        self
    }

    /// Its licence, as SPDX names it; Apache-2.0 unless said.
    pub const fn license(mut self, spdx: &'static str) -> Self {
        self.license = spdx;
        self
    }

    /// Its page for users, where that is not its repository.
    pub const fn homepage(mut self, address: &'static str) -> Self {
        self.homepage = address;
        self
    }

    /// The version and the build: `1.2.3 (build 0a1b2c3)`.
    pub fn release(&self) -> String {
        match self.build {
            "" => self.version.to_owned(),
            build => format!("{} (build {build})", self.version),
        }
    }

    /// How its types and functions are named.
    pub const fn tokens(&self) -> Tokens {
        Tokens { package: self.name, bridged: self.bridged_tokens }
    }

    /// The token of a resource.
    pub fn resource_token(&self, resource: &Resource) -> String {
        self.tokens().resource(resource)
    }

    /// The token of a function.
    pub fn function_token(&self, function: &Function) -> String {
        self.tokens().of_type(function.name)
    }

    /// The token of a method of the provider itself.
    pub fn method_token(&self, method: &Function) -> String {
        self.tokens().method(method)
    }

    /// The token of a named object type.
    pub fn type_token(&self, name: &str) -> String {
        self.tokens().of_type(name)
    }

    /// The tables of its resources.
    pub fn resource_tables(&self) -> impl Iterator<Item = &'static Resource> + Clone + use<P> {
        self.resources.iter().flat_map(|by| by.tables.iter().copied())
    }

    /// The tables of its functions.
    pub fn function_tables(&self) -> impl Iterator<Item = &'static Function> + Clone + use<P> {
        self.functions.iter().flat_map(|by| by.tables.iter().copied())
    }

    /// The tables of the methods of the provider itself.
    pub fn method_tables(&self) -> impl Iterator<Item = &'static Function> + Clone + use<P> {
        self.methods.iter().flat_map(|by| by.tables.iter().copied())
    }

    /// The resource of that token, with its code.
    pub fn resource(&self, token: &str) -> Option<(&'static Resource, &'static dyn AnyHandler<P>)> {
        let tokens = self.tokens();
        // Only that one's token is made.
        let is_it = |resource: &Resource| {
            token.ends_with(resource.name) && tokens.resource(resource) == token
        };
        self.resources.iter().find_map(|by| by.find(is_it))
    }

    /// The function of that token, with its code.
    pub fn function(&self, token: &str) -> Option<(&'static Function, &'static dyn AnyAnswer<P>)> {
        let tokens = self.tokens();
        self.functions.iter().find_map(|by| by.find(|it| tokens.of_type(it.name) == token))
    }

    /// The method of the provider itself of that token, with its code.
    pub fn method(&self, token: &str) -> Option<(&'static Function, &'static dyn AnyAnswer<P>)> {
        let tokens = self.tokens();
        self.methods.iter().find_map(|by| by.find(|it| tokens.method(it) == token))
    }
}

/// How the types and functions of a package are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tokens {
    package: &'static str,
    bridged: bool,
}

impl Tokens {
    /// The token of a resource.
    pub fn resource(&self, resource: &Resource) -> String {
        match self.bridged {
            false => format!("{}:index:{}", self.package, resource.name),
            true => {
                format!("{}:index/{}:{}", self.package, decapitalized(resource.name), resource.name)
            }
        }
    }

    /// The token of a method of the provider itself.
    pub fn method(&self, method: &Function) -> String {
        format!("pulumi:providers:{}/{}", self.package, method.name)
    }

    /// The token of a function or of a named object type.
    pub fn of_type(&self, name: &str) -> String {
        match self.bridged {
            false => format!("{}:index:{name}", self.package),
            true => format!("{}:index/{name}:{name}", self.package),
        }
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
    use crate::table::{function, resource, without_code};

    #[test]
    fn a_release_names_its_build_where_that_has_a_name() {
        let plain: Package = package("auth0", "1.0.0");
        assert_eq!(plain.release(), "1.0.0");
        assert_eq!(plain.build("0a1b2c3").release(), "1.0.0 (build 0a1b2c3)");
    }

    #[test]
    fn tokens_have_the_form_that_the_package_says() {
        const GRANT: Resource = resource("ClientGrant");
        const FIND: Function = function("getClient");
        const PLAIN: Package = package("auth0", "1.0.0")
            .resources(&[without_code(&[&GRANT])])
            .functions(&[without_code(&[&FIND])]);
        assert_eq!(PLAIN.function_token(&FIND), "auth0:index:getClient");
        assert_eq!(PLAIN.method_token(&FIND), "pulumi:providers:auth0/getClient");
        assert_eq!(PLAIN.resource_token(&GRANT), "auth0:index:ClientGrant");
        let bridged = PLAIN.bridged_tokens();
        assert_eq!(bridged.resource_token(&GRANT), "auth0:index/clientGrant:ClientGrant");
        assert_eq!(bridged.type_token("Box"), "auth0:index/Box:Box");
        let there: Vec<&str> = bridged.resource_tables().map(|resource| resource.name).collect();
        assert_eq!(there, ["ClientGrant"]);
        let token = "auth0:index/clientGrant:ClientGrant";
        assert!(bridged.resource(token).is_none(), "it has no code");
    }
}

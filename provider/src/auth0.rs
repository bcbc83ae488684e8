//! The package `auth0` and its provider.

use std::env;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::error::{ConfigureError, Error, ErrorKind};
use pulumi_rs_sdk::provider::{
    CallRequest, Context, CreateRequest, Created, DeleteRequest, InvokeRequest, ListRequest,
    LookAheadRequest, NoteRequest, Page, Provider, ReadRequest, ReadState, UpdateRequest,
};
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::value::Object;

use crate::api::Api;
use crate::config::{self, Config, Given, Move};
use crate::functions::{self, FUNCTIONS, METHODS};
use crate::resources::RESOURCES;
use crate::rest::Tenant;
use crate::version::{BUILD, VERSION};

/// The package.
pub const PACKAGE: Package = package("auth0", VERSION)
    .build(BUILD)
    .bridged_tokens()
    .display_name("Auth0")
    .description("Applications, grants and APIs of an Auth0 tenant.")
    .keywords(&["pulumi", "auth0", "category/infrastructure"])
    .languages(include_str!("languages.json"))
    .config(&[
        optional("apiToken", STRING)
            .secret()
            .doc("Access token for the Management API. Also `AUTH0_API_TOKEN`."),
        optional("audience", STRING).doc(
            "Audience of the tokens that the provider asks for; the tenant's Management API unless \
             set. Also `AUTH0_AUDIENCE`.",
        ),
        optional("cliLogin", BOOL).doc(
            "Whether to use the login of the Auth0 CLI for the domain, before all other credentials. \
             Also `AUTH0_CLI_LOGIN`.",
        ),
        optional("clientAssertionPrivateKey", STRING)
            .secret()
            .doc(
                "Private key of that application, in PEM, in place of its secret: RSA of 2048 to 4096 \
                 bits. Also `AUTH0_CLIENT_ASSERTION_PRIVATE_KEY`.",
            ),
        optional("clientAssertionSigningAlg", STRING).doc(
            "Algorithm that the application's credential for the key has: `RS256`, `RS384` or \
             `PS256`. Also `AUTH0_CLIENT_ASSERTION_SIGNING_ALG`.",
        ),
        optional("clientId", STRING)
            .doc("Client ID of the application that the provider acts as. Also `AUTH0_CLIENT_ID`."),
        optional("clientSecret", STRING)
            .secret()
            .doc("Client secret of that application. Also `AUTH0_CLIENT_SECRET`."),
        optional("customDomainHeader", STRING)
            .doc("Custom domain that mails and tickets name. Also `AUTH0_CUSTOM_DOMAIN_HEADER`."),
        optional("debug", BOOL)
            .default_env(&["AUTH0_DEBUG"])
            .doc("Whether to log each request, without headers, bodies and secrets."),
        optional("domain", STRING).doc(
            "Domain of the tenant, `my-tenant.eu.auth0.com` for instance. Also `AUTH0_DOMAIN`.",
        ),
        optional("dynamicCredentials", BOOL)
            .doc("Whether credentials may be missing until the first request."),
        optional("maxRequestsPerSecond", NUMBER).doc(
            "Most requests to the Management API in a second. It holds for one process: each explicit \
             provider and each `pulumi` command has a limit of its own. Also \
             `AUTH0_MAX_REQUESTS_PER_SECOND`.",
        ),
    ])
    .resources(RESOURCES)
    .functions(FUNCTIONS)
    .methods(METHODS);

/// The provider of the package `auth0`.
#[derive(Default)]
pub struct Auth0 {
    tenant: RwLock<Option<Arc<Tenant>>>,
    /// The configuration as it was given, without what came from the environment.
    given: RwLock<Given>,
    /// The tenant that the stack was on when it was last updated, where that was another.
    moved_from: Mutex<Option<String>>,
}

impl Auth0 {
    fn tenant(&self) -> Result<Arc<Tenant>, Error> {
        let tenant = self.tenant.read().unwrap_or_else(PoisonError::into_inner);
        tenant.clone().ok_or_else(|| {
            Error::new(ErrorKind::FailedPrecondition, "the provider has not been configured")
        })
    }
}

impl Provider for Auth0 {
    fn package(&self) -> &'static Package {
        &PACKAGE
    }

    fn check_config(&self, config: &Object) -> Vec<CheckFailure> {
        let problems = config::check(config, &|name| env::var(name).ok());
        problems.into_iter().map(|p| CheckFailure::at(p.property, p.reason)).collect()
    }

    fn config_defaults(&self, config: &Object) -> Object {
        config::recorded(config, &|name| env::var(name).ok())
    }

    fn note_config(&self, old: &Object, new: &Object) -> Option<String> {
        let moved = Move::between(old, new)?;
        let warning = moved.warning();
        *self.moved_from.lock().unwrap_or_else(PoisonError::into_inner) = Some(moved.from);
        Some(warning)
    }

    async fn configure(&self, context: &Context, mut config: Object) -> Result<(), ConfigureError> {
        let recorded = config::take_recorded(&mut config);
        let given = Given::from(config);
        let environment = |name: &str| env::var(name).ok();
        let environment = config::remembering(&environment, recorded.as_deref());
        let config = Config::resolve(given.as_ref(), &environment)?;
        for warning in &config.warnings {
            context.log.warning(warning);
        }
        let mut moved_from = self.moved_from.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(moved) = recorded.as_ref().and_then(|from| Move::since(from, &config.domain)) {
            context.log.warning(moved.warning());
            moved_from = Some(moved.from);
        }
        let looks_ahead = config.preview_checks;
        let tenant = Tenant::new(Api::new(config), looks_ahead).moved_from(moved_from);
        let tenant = Arc::new(tenant);
        *self.tenant.write().unwrap_or_else(PoisonError::into_inner) = Some(tenant);
        *self.given.write().unwrap_or_else(PoisonError::into_inner) = given;
        Ok(())
    }

    fn note(&self, request: &NoteRequest<'_>) -> Result<Option<String>, Error> {
        // A preview may come before the configuration is known, and makes nothing.
        self.tenant().map_or(Ok(None), |tenant| tenant.note(request))
    }

    async fn look_ahead(&self, context: &Context, request: LookAheadRequest) {
        if let Ok(tenant) = self.tenant() {
            tenant.look_ahead(context, request).await;
        }
    }

    async fn create(&self, context: &Context, request: CreateRequest) -> Result<Created, Error> {
        self.tenant()?.create(context, request).await
    }

    async fn read(
        &self,
        context: &Context,
        request: ReadRequest,
    ) -> Result<Option<ReadState>, Error> {
        self.tenant()?.read(context, request).await
    }

    async fn update(&self, context: &Context, request: UpdateRequest) -> Result<Object, Error> {
        self.tenant()?.update(context, request).await
    }

    async fn delete(&self, context: &Context, request: DeleteRequest) -> Result<(), Error> {
        self.tenant()?.delete(context, request).await
    }

    async fn undo_create(&self, context: &Context, request: DeleteRequest) -> Result<bool, Error> {
        self.tenant()?.undo_create(context, request).await
    }

    fn operation_ends(&self, context: &Context) {
        if let Ok(tenant) = self.tenant() {
            tenant.operation_ends(context);
        }
    }

    async fn invoke(&self, context: &Context, request: InvokeRequest) -> Result<Object, Error> {
        let (tenant, arguments) = (self.tenant()?, &request.arguments);
        match request.function.name {
            "getClient" => functions::get_client(&tenant, context, arguments).await,
            "getClientGrants" => functions::get_client_grants(&tenant, context, arguments).await,
            "getClients" => functions::get_clients(&tenant, context, arguments).await,
            name => Err(unanswered("function", name)),
        }
    }

    async fn call(&self, _: &Context, request: CallRequest) -> Result<Object, Error> {
        match request.method.name {
            "terraformConfig" => {
                let given = self.given.read().unwrap_or_else(PoisonError::into_inner);
                Ok(functions::terraform_config((*given).as_ref()))
            }
            name => Err(unanswered("method", name)),
        }
    }

    async fn list(&self, context: &Context, request: ListRequest) -> Result<Page, Error> {
        self.tenant()?.list(context, request).await
    }
}

fn unanswered(what: &str, name: &str) -> Error {
    let text = format!("the {what} {name} has no answer: report this to the provider's authors");
    Error::new(ErrorKind::Unimplemented, text)
}

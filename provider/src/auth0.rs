//! The package `auth0` and its provider.

use std::env;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::error::{ConfigureError, Error, ErrorKind};
use pulumi_rs_sdk::provider::{
    Context, CreateRequest, Created, DeleteRequest, Handler, ListRequest, LookAheadRequest,
    NoteRequest, Page, Provider, ReadRequest, ReadState, UpdateRequest, by,
};
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::value::Object;

use crate::api::Api;
use crate::config::{self, Config, Given, Move};
use crate::functions::{FUNCTIONS, METHODS};
use crate::resources::RESOURCES;
use crate::rest::Tenant;
use crate::version::{BUILD, VERSION};

/// The package.
pub const PACKAGE: Package<Auth0> = package("auth0", VERSION)
    .build(BUILD)
    .stands_in_for_the_published()
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
    .resources(&[by(RESOURCES, &Interpreter)])
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
    /// The tenant that it is configured for.
    ///
    /// # Errors
    /// It has not been configured.
    pub(crate) fn tenant(&self) -> Result<Arc<Tenant>, Error> {
        let tenant = self.tenant.read().unwrap_or_else(PoisonError::into_inner);
        tenant.clone().ok_or_else(|| {
            Error::new(ErrorKind::FailedPrecondition, "the provider has not been configured")
        })
    }

    /// The configuration as it was given.
    pub(crate) fn given(&self) -> RwLockReadGuard<'_, Given> {
        self.given.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Provider for Auth0 {
    fn package(&self) -> &'static Package<Self> {
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

    fn operation_ends(&self, context: &Context) {
        if let Ok(tenant) = self.tenant() {
            tenant.operation_ends(context);
        }
    }
}

/// The code of all resources: their tables are interpreted.
struct Interpreter;

impl Handler<Auth0> for Interpreter {
    fn note(&self, auth0: &Auth0, request: &NoteRequest<'_>) -> Result<Option<String>, Error> {
        // A preview may come before the configuration is known, and makes nothing.
        auth0.tenant().map_or(Ok(None), |tenant| tenant.note(request))
    }

    async fn look_ahead(&self, auth0: &Auth0, context: &Context, request: LookAheadRequest) {
        if let Ok(tenant) = auth0.tenant() {
            tenant.look_ahead(context, request).await;
        }
    }

    async fn create(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: CreateRequest,
    ) -> Result<Created, Error> {
        auth0.tenant()?.create(context, request).await
    }

    async fn read(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: ReadRequest,
    ) -> Result<Option<ReadState>, Error> {
        auth0.tenant()?.read(context, request).await
    }

    async fn update(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: UpdateRequest,
    ) -> Result<Object, Error> {
        auth0.tenant()?.update(context, request).await
    }

    async fn delete(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: DeleteRequest,
    ) -> Result<(), Error> {
        auth0.tenant()?.delete(context, request).await
    }

    async fn undo_create(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: DeleteRequest,
    ) -> Result<bool, Error> {
        auth0.tenant()?.undo_create(context, request).await
    }

    async fn list(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: ListRequest,
    ) -> Result<Page, Error> {
        auth0.tenant()?.list(context, request).await
    }
}

//! Our rows against Auth0's description of its API: wire names, and how a value is cleared.

use pulumi_rs_sdk::table::rest::{
    Class, Codec, Entries, Field, Kind, Literal, Made, Member, Members, Method, Presence, Rare,
    Reset, Resource, Sent, Writing,
};
use serde_json::{Value as Json, json};

use super::{Differences, Meant, PACKAGE, facts, object_in};

const MEANT: &[Meant] = &[
    Meant { why: "recorded: the API takes null 24 times", at: &["Client.addons clearing"] },
    Meant {
        why: "the document leaves the block open; the names are those of the published provider",
        at: &[
            "Client.addons.samlp.binding wire",
            "Client.addons.samlp.includeAttributeNameFormat wire",
            "Client.addons.samlp.logout wire",
            "Client.addons.samlp.logout.callback wire",
            "Client.addons.samlp.logout.sloEnabled wire",
            "Client.addons.samlp.signingCert wire",
            "Client.addons.samlp.typedAttributes wire",
            "ResourceServer.authorizationDetails.type wire",
        ],
    },
    Meant {
        why: "what a tenant has where nobody chose is not the same for all, and to switch it off may end logins: it stays",
        at: &[
            "Tenant.flags.allowLegacyDelegationGrantTypes clearing",
            "Tenant.flags.allowLegacyRoGrantTypes clearing",
            "Tenant.flags.allowLegacyTokeninfoEndpoint clearing",
            "Tenant.flags.dashboardInsightsView clearing",
            "Tenant.flags.dashboardLogStreamsNext clearing",
            "Tenant.flags.disableClickjackProtectionHeaders clearing",
            "Tenant.flags.disableFieldsMapFix clearing",
            "Tenant.flags.disableManagementApiSmsObfuscation clearing",
            "Tenant.flags.enableAdfsWaadEmailVerification clearing",
            "Tenant.flags.enableApisSection clearing",
            "Tenant.flags.enableClientConnections clearing",
            "Tenant.flags.enableDynamicClientRegistration clearing",
            "Tenant.flags.enableIdtokenApi2 clearing",
            "Tenant.flags.enableLegacyProfile clearing",
            "Tenant.flags.enablePipeline2 clearing",
            "Tenant.flags.enablePublicSignupUserExistsError clearing",
            "Tenant.flags.enableSso clearing",
            "Tenant.flags.mfaShowFactorListOnEnrollment clearing",
            "Tenant.flags.noDiscloseEnterpriseConnections clearing",
            "Tenant.flags.removeAlgFromJwks clearing",
            "Tenant.flags.revokeRefreshTokenGrant clearing",
            "Tenant.phoneConsolidatedExperience clearing",
            "Tenant.sandboxVersion clearing",
        ],
    },
    Meant {
        why: "the block has nothing else, and goes as a whole",
        at: &["Tenant.sessionCookie.mode clearing"],
    },
    Meant {
        why: "it says that there is no value, so that nothing is left to clear",
        at: &["Tenant.disableAcrValuesSupported clearing"],
    },
    Meant {
        why: "older than the document; the published provider sends them",
        at: &[
            "Tenant.flags.enableCustomDomainInEmails wire",
            "Tenant.flags.enableLegacyLogsSearchV2 wire",
            "Tenant.flags.useScopeDescriptionsForConsent wire",
        ],
    },
    Meant {
        why: "newer than the document; the names are those of the published SDK",
        at: &[
            "Tenant.sessions.anonymous wire",
            "Tenant.sessions.anonymous.activateCookie wire",
            "Tenant.sessions.anonymous.lifetimeInMinutes wire",
        ],
    },
    Meant {
        why: "an ID, which the document requires in the block",
        at: &["Client.expressConfiguration.oktaOinClientId clearing"],
    },
    Meant {
        why: "recorded: the API takes it, though the document does not know it",
        at: &[
            "Client.b2bIntegrationConfiguration wire",
            "Client.b2bIntegrationConfiguration.integrationType wire",
            "Client.b2bIntegrationConfiguration.ssoProfiles wire",
            "Client.identityAssertionAuthorizationGrant wire",
            "Client.identityAssertionAuthorizationGrant.active wire",
            "Client.myOrganizationConfiguration.thirdPartyClientAccess wire",
            "Client.myOrganizationConfiguration.thirdPartyClientAccess.allowedValues wire",
            "ConnectionProfile.crossAppAccessResourceApp wire",
            "ConnectionProfile.crossAppAccessResourceApp.status wire",
            "ConnectionProfile.crossAppAccessResourceApp.status.allowedValues wire",
            "ConnectionProfile.crossAppAccessResourceApp.status.defaultValue wire",
            "ResourceServer.tokenLifetimeForWeb wire",
        ],
    },
    Meant {
        why: "newer than the document; the names are those of the published SDK",
        at: &[
            "Client.anonymousSessions wire",
            "Client.anonymousSessions.active wire",
            "Client.clientId wire",
            "Client.myOrganizationConfiguration.enforcePermissionCeiling wire",
            "Client.myOrganizationConfiguration.enforceSelfAssignmentRestriction wire",
            "ResourceServer.accessToken wire",
            "ResourceServer.accessToken.claimsMapping wire",
            "ResourceServer.accessToken.claimsMapping.customClaims wire",
            "ResourceServer.accessToken.claimsMapping.customClaims.expression wire",
            "ResourceServer.accessToken.claimsMapping.customClaims.name wire",
            "ResourceServer.requireConsentNonRepudiation wire",
            "ResourceServer.subjectTypeAuthorization.anonymousUser wire",
            "ResourceServer.subjectTypeAuthorization.anonymousUser.policy wire",
            "ResourceServer.tokenLifetimeForAnonymousAccessTokens wire",
        ],
    },
    Meant {
        why: "each field of a list of them is given anew with it",
        at: &["UserAttributeProfile.userAttributes.strategyOverrides clearing"],
    },
    Meant {
        why: "it becomes true by what the user does, so that nothing is to be cleared where no program says it",
        at: &["User.emailVerified clearing", "User.phoneVerified clearing"],
    },
    Meant {
        why: "a user without a password cannot sign in: it stays",
        at: &["User.password clearing"],
    },
    Meant {
        why: "what is asked for with a change, and kept by nobody",
        at: &["User.verifyEmail clearing"],
    },
    Meant {
        why: "the document of such an application says its grants, and Auth0 takes one value of the others",
        at: &[
            "ClientCimd.grantTypes clearing",
            "ClientCimd.oidcConformant clearing",
            "ClientCimd.refreshToken.infiniteIdleTokenLifetime clearing",
        ],
    },
    Meant { why: "it is made elsewhere, by that alone", at: &["ClientCimd.externalClientId wire"] },
    Meant {
        why: "an action has a name and a version of Node.js, whatever the document says",
        at: &["Action.name clearing", "Action.runtime clearing"],
    },
    Meant {
        why: "a binding is written with a reference to its action, and shown with the action",
        at: &["TriggerAction.actionId wire", "TriggerActions.actions.id wire"],
    },
    Meant {
        why: "no recording shows a binding whose name was taken away",
        at: &["TriggerAction.displayName clearing"],
    },
    Meant {
        why: "a change has to hold both, and what neither says stays as it is",
        at: &[
            "ConnectionScimConfiguration.mappings clearing",
            "ConnectionScimConfiguration.userIdAttribute clearing",
        ],
    },
    Meant {
        why: "the document has no empty setup for most services",
        at: &["FlowVaultConnection.setup clearing"],
    },
    Meant {
        why: "newer than the document; the recordings have them",
        at: &[
            "NetworkAcl.rule.match.auth0Manageds wire",
            "NetworkAcl.rule.match.httpMessageSignature wire",
            "NetworkAcl.rule.match.httpMessageSignature.keys wire",
            "NetworkAcl.rule.match.httpMessageSignature.keys.id wire",
            "NetworkAcl.rule.matchAll wire",
            "NetworkAcl.rule.notMatch.auth0Manageds wire",
            "NetworkAcl.rule.notMatch.httpMessageSignature wire",
            "NetworkAcl.rule.notMatch.httpMessageSignature.keys wire",
            "NetworkAcl.rule.notMatch.httpMessageSignature.keys.id wire",
        ],
    },
    Meant {
        why: "the document has several forms of a destination, and one of them is looked at here",
        at: &[
            "EventStream.eventbridgeConfiguration.awsAccountId wire",
            "EventStream.eventbridgeConfiguration.awsRegion wire",
            "EventStream.webhookConfiguration.webhookAuthorization.headerKey wire",
            "EventStream.webhookConfiguration.webhookAuthorization.headerValue wire",
            "EventStream.webhookConfiguration.webhookAuthorization.headerValueWo wire",
            "EventStream.webhookConfiguration.webhookAuthorization.password wire",
            "EventStream.webhookConfiguration.webhookAuthorization.passwordWo wire",
            "EventStream.webhookConfiguration.webhookAuthorization.token wire",
            "EventStream.webhookConfiguration.webhookAuthorization.tokenWo wire",
        ],
    },
    Meant {
        why: "the document requires key and secret of a provider, so that nothing of it can be cleared",
        at: &[
            "AttackProtection.captcha.arkose.clientSubdomain clearing",
            "AttackProtection.captcha.arkose.failOpen clearing",
            "AttackProtection.captcha.arkose.secret clearing",
            "AttackProtection.captcha.arkose.verifySubdomain clearing",
            "AttackProtection.captcha.friendlyCaptcha.secret clearing",
            "AttackProtection.captcha.hcaptcha.secret clearing",
            "AttackProtection.captcha.recaptchaEnterprise.apiKey clearing",
            "AttackProtection.captcha.recaptchaV2.secret clearing",
        ],
    },
    Meant {
        why: "recordings have the path, and the document does not",
        at: &["NetworkAclKey.alg wire", "NetworkAclKey.name wire", "NetworkAclKey.value wire"],
    },
    Meant {
        why: "newer than the document",
        at: &[
            "Organization.isAppEntitlementActive wire",
            "Organization.thirdPartyClientAccess wire",
            "Role.ownerId wire",
            "Role.type wire",
        ],
    },
    Meant {
        why: "newer than the document; the names are those of Auth0's own SDKs",
        at: &[
            "OrganizationClient.clientId wire",
            "OrganizationClient.useForMemberAccess wire",
            "OrganizationClients.clients.clientId wire",
            "OrganizationClients.clients.useForMemberAccess wire",
        ],
    },
    Meant {
        why: "a list names it so, and a request by its longer name, which `written` says",
        at: &["OrganizationClientGrant.grantId wire"],
    },
    Meant {
        why: "recordings have it, and the document does not",
        at: &[
            "Connection.crossAppAccessResourceApp wire",
            "Connection.crossAppAccessResourceApp.status wire",
            "Connection.options.customPasswordHash wire",
            "Connection.options.customPasswordHash.actionId wire",
            "Connection.options.subject wire",
        ],
    },
    Meant {
        why: "Auth0's SDKs and recordings have it, and the document does not",
        at: &[
            "Guardian.emailSettings.otpExpirationTime wire",
            "Guardian.emailSettings.otpLength wire",
            "Guardian.phoneSettings.otpExpirationTime wire",
            "Guardian.phoneSettings.otpLength wire",
            "Guardian.push.customApp.appName wire",
            "Guardian.push.customApp.appleAppLink wire",
            "Guardian.push.customApp.googleAppLink wire",
            "Guardian.settings.displayRememberMeCheckbox wire",
            "Guardian.settings.mfaSessionInactivityTimeout wire",
            "Guardian.settings.mfaSessionOverallTimeout wire",
            "Guardian.settings.rememberMeDefaultValue wire",
            "Guardian.webauthnPlatform.overrideRelyingParty wire",
            "Guardian.webauthnPlatform.relyingPartyIdentifier wire",
            "Guardian.webauthnRoaming.overrideRelyingParty wire",
            "Guardian.webauthnRoaming.relyingPartyIdentifier wire",
            "Guardian.webauthnRoaming.userVerification wire",
        ],
    },
    Meant {
        why: "OAuth 1 has its key, secret and session by the names of the standard, and the document no form of them",
        at: &[
            "Connection.options.consumerKey wire",
            "Connection.options.consumerSecret wire",
            "Connection.options.sessionKey wire",
        ],
    },
    Meant {
        why: "the published plugin sends it, and the document knows it of other attributes alone",
        at: &["Connection.options.attributes.usernames.identifiers.defaultMethod wire"],
    },
    Meant {
        why: "a map on the wire, in place of a list: its table of dialects says so",
        at: &[
            "Connection.options.customHeaders.header wire",
            "Connection.options.customHeaders.value wire",
        ],
    },
    Meant {
        why: "recordings have them, and the document leaves open what a provider's settings are",
        at: &[
            "EmailProvider.settings.headers wire",
            "EmailProvider.settings.headers.xMcViewContentLink wire",
            "EmailProvider.settings.headers.xSesConfigurationSet wire",
            "EmailProvider.settings.message wire",
            "EmailProvider.settings.message.configurationSetName wire",
            "EmailProvider.settings.message.viewContentLink wire",
        ],
    },
    Meant { why: "it stands in the path of the request alone", at: &["RuleConfig.key wire"] },
    Meant {
        why: "of older tenants; the document does not know it any more",
        at: &["ResourceServer.verificationLocation wire"],
    },
];

/// Paths that the document does not have, and recordings do.
const RECORDED: &[&str] = &["keys/network-acls"];

#[test]
fn the_api_knows_every_row_and_takes_what_clears_it() {
    let Some(document) = facts("auth0-management-api.openapi.json") else { return };
    let api = Api { document: &document };
    let mut differences = Differences::default();
    for resource in PACKAGE.resource_tables() {
        // What stands under a key has no form in the document.
        if matches!(resource.class, Class::Member(Member { of, .. }) | Class::Members(Members { of, .. }) if of.listing.keyed.is_some())
        {
            continue;
        }
        let (mut create, mut update) = api.bodies(resource);
        if let Class::Collection(of) = resource.class {
            let path = of.path.as_str();
            api.of_each_type(path, "post").for_each(|one| merge(&mut create, one));
            let one = format!("{path}/{{id}}");
            api.of_each_type(&one, name(of.change)).for_each(|one| merge(&mut update, one));
        }
        let (create, update) = (Some(&create), Some(&update));
        let level = Level {
            at: resource.name,
            create,
            update,
            whole: resource.class.puts(),
            merged: false,
        };
        // What stands in the path is in no body.
        let rows = resource.fields.iter().filter(|row| !resource.class.names(row.name)).copied();
        api.compare(level, &rows.collect::<Vec<Field>>(), &mut differences);
    }
    differences.are(MEANT);
}

/// Paths that are newer than the document.
const NEWER: &[&str] = &[
    "organizations/{organizationId}/clients",
    "organizations/{organizationId}/clients/{clientId}",
];

/// The segments of a path, whatever the names in its braces are.
fn shape(path: &str) -> Vec<String> {
    let segments = path.trim_matches('/').split('/');
    segments.map(|s| if s.starts_with('{') { "{}" } else { s }.to_owned()).collect()
}

pub(super) struct Api<'a> {
    pub(super) document: &'a Json,
}

/// The schema of an object that has that schema at a path of members.
fn at(path: &str, schema: &Json) -> Json {
    let names = path.split('.').rev().filter(|name| !name.is_empty());
    names.fold(schema.clone(), |schema, name| json!({"properties": {name: schema}}))
}

/// Adds the properties of an object to those of another.
fn merge(whole: &mut Json, part: Json) {
    match (whole, part) {
        (Json::Object(whole), Json::Object(part)) => {
            for (name, schema) in part {
                merge(whole.entry(name).or_insert(Json::Null), schema);
            }
        }
        (whole, part) => *whole = part,
    }
}

fn name(method: Method) -> &'static str {
    match method {
        Method::Patch => "patch",
        Method::Put => "put",
    }
}

/// An object of the API: what it is in the body of a create and of an update.
struct Level<'a> {
    at: &'a str,
    create: Option<&'a Json>,
    update: Option<&'a Json>,
    /// Whether a change replaces it, so that nothing in it need be cleared.
    whole: bool,
    /// Whether it is read before that: what the server gives by itself stays as it was.
    merged: bool,
}

/// A property of the API without its null.
pub(super) struct Property<'a> {
    pub(super) schema: &'a Json,
    takes_null: bool,
}

impl<'a> Api<'a> {
    /// What the bodies of a create and of an update of the resource are.
    pub(super) fn bodies(&self, resource: &Resource) -> (Json, Json) {
        let path = resource.class.path().unwrap().as_str();
        let both = |schema: Json| (schema.clone(), schema);
        let whole = |path: &str, method: &str| self.whole(self.body(path, method));
        match resource.class {
            Class::Collection(of) => {
                let one = format!("{path}/{{id}}");
                (whole(path, "post"), whole(&one, name(of.change)))
            }
            Class::Single(of) => {
                let change = whole(path, name(of.change));
                let create = match of.made {
                    Made::Posted | Made::PostedUnlessThere => whole(path, "post"),
                    Made::Written | Made::WrittenElsePosted(_) => change.clone(),
                };
                (at(of.body, &create), at(of.body, &change))
            }
            Class::Parts(of) => {
                let mut whole = json!({"properties": {}});
                for part in of.parts {
                    let path = part.path.as_str();
                    // Of some parts the document does not know.
                    match self.found(path) {
                        Some(_) => {
                            merge(&mut whole, at(part.of, self.body(path, name(part.change))))
                        }
                        None => merge(&mut whole, at(part.of, &json!({}))),
                    }
                }
                both(whole)
            }
            Class::Member(of) => (self.entry(of.of), self.changed_entry(of.of)),
            Class::Members(of) => {
                let items = |entry: Json| at(of.row, &json!({"items": entry}));
                (items(self.entry(of.of)), items(self.changed_entry(of.of)))
            }
            Class::Own => panic!("{} is in no REST API", resource.name),
        }
    }

    /// What an entry of the list is, as it is written.
    fn entry(&self, of: &Entries) -> Json {
        let path = of.path.as_str();
        let under = |method: &str, member: &str| {
            let list = self.resolved(&self.body(path, method)["properties"][member]);
            self.property(&list["items"]).schema.clone()
        };
        match of.writing {
            // What stands under a key has no form in the document.
            _ if of.listing.keyed.is_some() => json!({}),
            Writing::AddedUnder { member, is_bare: false } | Writing::Associated { member } => {
                under("post", member)
            }
            Writing::AddedUnder { member, is_bare: true } => at(of.key[0], &under("post", member)),
            Writing::Rewritten { method, member } => under(name(method), member),
            Writing::Switched { .. } => self.resolved(&self.body(path, "patch")["items"]).clone(),
            Writing::OneByOne => self.body(path, "post").clone(),
            Writing::PutOneByOne => self.body(&format!("{path}/{{key}}"), "put").clone(),
        }
    }

    /// What is written to change an entry, where that is not what makes one.
    fn changed_entry(&self, of: &Entries) -> Json {
        let one = format!("{}/{{key}}", of.path.as_str());
        match of.writing {
            Writing::OneByOne if !self.operation(&one)["patch"].is_null() => {
                // What tells it from others does not change.
                let mut body = self.body(&one, "patch").clone();
                for name in of.key {
                    body["properties"][*name] = self.entry(of)["properties"][*name].clone();
                }
                body
            }
            _ => self.entry(of),
        }
    }

    fn body(&self, path: &str, method: &str) -> &'a Json {
        let body = &self.operation(path)[method]["requestBody"];
        self.resolved(&body["content"]["application/json"]["schema"])
    }

    /// The bodies that the document has for each type of the object, beside that of the request: their names begin with its.
    fn of_each_type(&self, path: &str, method: &str) -> impl Iterator<Item = Json> {
        let body = &self.operation(path)[method]["requestBody"];
        let body = body["content"]["application/json"]["schema"]["$ref"].as_str();
        let name = body.and_then(|pointer| pointer.rsplit('/').next()).map(str::to_owned);
        let schemas = self.document["components"]["schemas"].as_object().into_iter().flatten();
        let of_a_type = schemas.filter(move |(other, _)| {
            name.as_ref().is_some_and(|name| other.starts_with(name) && *other != name)
        });
        of_a_type.map(|(_, schema)| self.composed(schema))
    }

    /// The schema with all parts of it, and of its properties, in one.
    fn composed(&self, schema: &'a Json) -> Json {
        let schema = self.resolved(schema);
        let mut whole = schema.clone();
        if let Some(members) = whole.as_object_mut() {
            members.remove("allOf");
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            whole["properties"][name] = self.composed(property);
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            merge(&mut whole, self.composed(part));
        }
        whole
    }

    /// The schema with all alternatives of it, and of its properties, in one.
    fn whole(&self, schema: &Json) -> Json {
        let mut whole = self.merged(schema);
        if let Some(properties) = whole["properties"].as_object_mut() {
            for property in properties.values_mut() {
                *property = self.merged(property);
            }
        }
        whole
    }

    fn merged(&self, schema: &Json) -> Json {
        let mut resolved = schema;
        while let Some(pointer) = resolved["$ref"].as_str() {
            resolved = self.document.pointer(pointer.trim_start_matches('#')).unwrap();
        }
        let alternatives = ["oneOf", "anyOf"].iter().find_map(|key| resolved[*key].as_array());
        let alternatives = alternatives.filter(|any| any.len() > 1);
        let objects = alternatives.into_iter().flatten().map(|any| self.merged(any));
        let objects: Vec<Json> = objects.filter(|any| any["properties"].is_object()).collect();
        match objects.len() {
            0 | 1 => resolved.clone(),
            _ => objects.into_iter().fold(json!({}), |mut whole, mut object| {
                let properties = object["properties"].as_object_mut();
                for property in properties.into_iter().flat_map(|all| all.values_mut()) {
                    *property = self.merged(property);
                }
                merge(&mut whole, object);
                whole
            }),
        }
    }

    /// What each of an object's members is, where they are alike.
    fn keyed(&self, schema: &'a Json) -> Option<&'a Json> {
        let named = schema["properties"].as_object().and_then(|named| named.values().next());
        let each = schema.get("additionalProperties").filter(|each| each.is_object()).or(named)?;
        Some(self.property(each).schema)
    }

    /// The document's entry of a path, whatever the names in its braces are; null where recordings alone have it.
    pub(super) fn operation(&self, path: &str) -> &'a Json {
        match self.found(path) {
            Some(entry) => entry,
            None if RECORDED.iter().any(|known| path.starts_with(known)) => &Json::Null,
            None if NEWER.iter().any(|newer| shape(newer) == shape(path)) => &Json::Null,
            None => panic!("the API has no path {path}"),
        }
    }

    /// The same, if the document has it; a name in its braces may stand for one that is fixed here.
    fn found(&self, path: &str) -> Option<&'a Json> {
        let paths = self.document["paths"].as_object().unwrap();
        let asked = shape(path);
        let fits = |known: &str| {
            let known = shape(known);
            known.len() == asked.len()
                && known.iter().zip(&asked).all(|(known, asked)| known == asked || known == "{}")
        };
        let found = paths.iter().find(|(known, _)| shape(known) == asked);
        found.or_else(|| paths.iter().find(|(known, _)| fits(known))).map(|(_, entry)| entry)
    }

    pub(super) fn resolved(&self, mut schema: &'a Json) -> &'a Json {
        while let Some(pointer) = schema["$ref"].as_str() {
            schema = self.document.pointer(pointer.trim_start_matches('#')).unwrap();
        }
        schema
    }

    /// The schema without its alternative null, and whether there is one.
    pub(super) fn property(&self, schema: &'a Json) -> Property<'a> {
        let schema = self.resolved(schema);
        for key in ["oneOf", "anyOf"] {
            let alternatives: Vec<&Json> = schema[key]
                .as_array()
                .into_iter()
                .flatten()
                .map(|any| self.resolved(any))
                .collect();
            let (nulls, others): (Vec<&Json>, Vec<&Json>) =
                alternatives.into_iter().partition(|any| any["type"] == "null");
            if let Some(first) = others.first() {
                let inner = self.property(first);
                return Property { takes_null: inner.takes_null || !nulls.is_empty(), ..inner };
            }
        }
        let has_null = |list: &Json, null: &Json| list.as_array().is_some_and(|l| l.contains(null));
        let takes_null = schema["nullable"] == true
            || has_null(&schema["type"], &"null".into())
            || has_null(&schema["enum"], &Json::Null);
        Property { schema, takes_null }
    }

    pub(super) fn member(&self, level: Option<&'a Json>, path: &str) -> Option<Property<'a>> {
        path.split('.').try_fold(Property { schema: level?, takes_null: false }, |at, name| {
            at.schema["properties"].get(name).map(|schema| self.property(schema))
        })
    }

    fn compare(&self, level: Level<'a>, fields: &[Field], differences: &mut Differences) {
        let sent =
            |field: &&Field| field.is_input() && !matches!(field.sent, Sent::Never | Sent::Ignored);
        for field in fields.iter().filter(sent) {
            let at = format!("{}.{}", level.at, field.name);
            let path = field.wire_name();
            let create = self.member(level.create, path);
            let update = self.member(level.update, path);
            let only_on_create = field.sent == Sent::Create || field.is_replacing();
            match (&create, &update, only_on_create) {
                (None, None, _) => differences.add(format!("{at} wire"), format!("no {path}")),
                (None, Some(_), true) => differences.add(format!("{at} wire"), "update only"),
                (Some(_), None, false) => differences.add(format!("{at} wire"), "create only"),
                _ => {}
            }
            if let Some(update) = update.as_ref().filter(|_| !only_on_create)
                && !(level.merged && field.is_computed())
                && let Some(complaint) = clearing(field, update, level.whole)
            {
                differences.add(format!("{at} clearing"), complaint);
            }
            if let Some(of) = object_in(field.kind) {
                let inner = |property: Option<Property<'a>>| {
                    let schema = property?.schema;
                    match (field.codec, schema.get("items")) {
                        (Codec::KeyedBy(_), _) => self.keyed(schema),
                        (_, Some(items)) => Some(self.property(items).schema),
                        _ => Some(schema),
                    }
                };
                let is_list = matches!(field.kind, Kind::List(_));
                let merged = level.merged || field.rare == Rare::Merged;
                let whole = level.whole || field.whole || is_list || merged;
                let level =
                    Level { at: &at, create: inner(create), update: inner(update), whole, merged };
                // The key of an object is its name on the wire.
                let is_key = |row: &&Field| field.codec == Codec::KeyedBy(row.name);
                let rows: Vec<Field> =
                    of.fields.iter().filter(|row| !is_key(row)).copied().collect();
                self.compare(level, &rows, differences);
            }
        }
    }
}

/// What is wrong with how the row says that it is cleared.
fn clearing(field: &Field, api: &Property<'_>, whole: bool) -> Option<&'static str> {
    let takes_zero = match field.kind {
        Kind::Bool => true,
        Kind::String => {
            let refuses_empty = ["enum", "pattern"].iter().any(|key| !api.schema[key].is_null());
            !refuses_empty && api.schema["minLength"].as_u64().unwrap_or(0) == 0
        }
        Kind::List(_) => api.schema["minItems"].as_u64().unwrap_or(0) == 0,
        Kind::Map(_) => true,
        Kind::Int | Kind::Number | Kind::Object(_) | Kind::Any => false,
    };
    let refuses_empty = matches!(field.kind, Kind::List(_)) && !takes_zero;
    match field.reset {
        _ if field.presence == Presence::Required => None,
        Reset::Null if !api.takes_null => Some("the API takes no null"),
        Reset::Zero if !whole && !takes_zero && !api.takes_null => {
            Some("the API takes no zero value")
        }
        Reset::Zero if !whole && !takes_zero => Some("the API takes null only"),
        Reset::Keep if api.takes_null => Some("kept, though the API takes null"),
        Reset::Keep if takes_zero && field.server_default_value() != Some(Literal::Bool(true)) => {
            Some("kept, though the API takes the zero value")
        }
        Reset::Null if refuses_empty && !field.empty_is_null => {
            Some("the API refuses an empty list")
        }
        _ => None,
    }
}

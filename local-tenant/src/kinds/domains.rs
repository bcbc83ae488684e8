//! Custom domains: how one is verified, and which is the default.

use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::listing;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection};
use crate::store::{Collection, Place, Store, complete, is_true, text};

/// The custom domains.
pub const KINDS: &[Kind] = &[collection("/custom-domains")
    .key("custom_domain_id")
    .id("cd_", 16)
    .absent("The custom domain does not exist.")
    .shows(&["created_at"])
    .hides(HIDDEN)
    .merges(&["domain_metadata"])
    .making(make)
    .later(|domain| {
        if domain.remove(ASKED).is_some() {
            become_ready(domain);
        }
    })];

/// The default domain, and the verification.
pub const OWN: &[Own] = &[
    ("GET", "/custom-domains", by_name),
    ("GET", "/custom-domains/default", read_default),
    ("PATCH", "/custom-domains/default", set_default),
    ("POST", "/custom-domains/{id}/verify", verify),
    ("POST", "/custom-domains/{id}/test", test),
];

/// Held from a verification that was asked for to the next look at the domain.
const ASKED: &str = "asked";

/// The name of the tenant for a domain, which is shown once that is ready.
const ORIGIN: &str = "origin";

/// Only the answer to a verification shows it.
const API_KEY: &str = "cname_api_key";

const HIDDEN: &[&str] = &[ASKED, ORIGIN, API_KEY];

fn shelf() -> Place {
    Place::from(["custom-domains"])
}

fn make(store: &Store, _: &Call, domain: &mut Object) -> Result<(), ApiError> {
    let name = text(domain, "domain").unwrap_or_default().to_owned();
    let id = text(domain, "custom_domain_id").unwrap_or_default().to_lowercase().replace('_', "-");
    let origin = format!("{}-{id}.edge.tenants.us.auth0.com", store.tenant_name());
    let is_managed = text(domain, "type") == Some("auth0_managed_certs");
    let method = match is_managed {
        true => json!({"name": "CNAME", "record": origin, "domain": name}),
        false => json!({
            "name": "TXT",
            "record": ids::uuid(),
            "domain": format!("_cf-custom-hostname.{name}"),
        }),
    };
    // The first domain of a tenant is its primary one.
    domain.insert("primary".into(), store.shelf(shelf()).is_empty().into());
    domain.insert("is_default".into(), false.into());
    domain.insert("status".into(), "pending_verification".into());
    domain.insert("verification".into(), json!({"methods": [method]}));
    domain.insert(ORIGIN.into(), origin.into());
    if is_managed {
        domain.entry("tls_policy").or_insert_with(|| "recommended".into());
    } else {
        domain.entry("custom_client_ip_header").or_insert(Value::Null);
        domain.insert(API_KEY.into(), ids::hex(64).into());
    }
    Ok(())
}

/// What a domain is once its record was found: here every record is found.
fn become_ready(domain: &mut Object) {
    let is_managed = text(domain, "type") == Some("auth0_managed_certs");
    let now = jiff::Timestamp::now();
    domain.insert("status".into(), "ready".into());
    if let Some(origin) = domain.get(ORIGIN).cloned() {
        domain.insert("origin_domain_name".into(), origin);
    }
    let verified = json!({"status": "verified", "last_verified_at": format!("{now:.0}")});
    complete(domain, &json!({"verification": verified}));
    if is_managed {
        let quarter = jiff::SignedDuration::from_hours(90 * 24);
        let certificate = json!({
            "status": "provisioned",
            "certificate_authority": "letsencrypt",
            "renews_before": format!("{:.0}", now + quarter),
        });
        domain.insert("certificate".into(), certificate);
    }
}

/// Asks for a verification. It is answered at once, and done by the next time that somebody looks.
fn verify(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let place = shelf().child(call.id());
    let missing = || ApiError::absent(None, "The custom domain does not exist.");
    let domain = store.get_mut(&place).ok_or_else(missing)?;
    if domain.remove(ASKED).is_some() {
        become_ready(domain);
    } else if text(domain, "status") != Some("ready") {
        domain.insert(ASKED.into(), true.into());
    }
    let mut answer = domain.clone();
    let is_ready = text(&answer, "status") == Some("ready");
    answer.retain(|key, _| {
        // Such an answer has less than a read, but for the key.
        !matches!(key.as_str(), ASKED | ORIGIN | "is_default" | "relying_party_identifier")
            && (key != API_KEY || is_ready)
    });
    Ok(Answer::Ok(answer.into()))
}

fn test(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let missing = || ApiError::absent(None, "The custom domain does not exist.");
    let domain = store.get(&shelf().child(call.id())).ok_or_else(missing)?;
    let is_ready = text(domain, "status") == Some("ready");
    let message = if is_ready { "The domain is ready." } else { "The domain is not verified." };
    Ok(Answer::Ok(json!({"success": is_ready, "message": message})))
}

/// A domain as it is shown.
fn shown(mut domain: Object) -> Value {
    domain.retain(|key, _| !HIDDEN.contains(&key.as_str()));
    domain.into()
}

/// The list, by the names of the domains.
fn by_name(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let mut domains: Vec<_> = store.shelf(shelf()).entities().collect();
    domains.sort_by_key(|domain| text(domain, "domain"));
    let mut sorted = Collection::default();
    for domain in domains {
        sorted.insert(text(domain, "custom_domain_id").unwrap_or_default(), domain.clone());
    }
    let shown = |domain: &Object| {
        let mut shown = domain.clone();
        shown.retain(|key, _| !HIDDEN.contains(&key.as_str()));
        listing::choose(shown, &call.query)
    };
    Ok(Answer::Ok(listing::list(&sorted, call, |_| true, shown)?))
}

/// The host of the tenant itself, which is the default where no custom domain is.
fn own_host(store: &Store) -> &str {
    store.base.split_once("://").map_or(store.base.as_str(), |(_, host)| host)
}

fn read_default(store: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    let default = store.shelf(shelf()).find(|domain| is_true(domain, "is_default")).cloned();
    Ok(Answer::Ok(default.map_or_else(|| json!({"domain": own_host(store)}), shown)))
}

fn set_default(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let wanted = text(&call.body, "domain").unwrap_or_default().to_owned();
    let is_wanted = |domain: &Object| text(domain, "domain") == Some(&wanted);
    let chosen = store.shelf(shelf()).find(is_wanted);
    let id = chosen.and_then(|domain| text(domain, "custom_domain_id")).map(str::to_owned);
    let is_ready = chosen.is_some_and(|domain| text(domain, "status") == Some("ready"));
    if !is_ready && wanted != own_host(store) {
        let message = "The domain must be verified before it can be set as default.";
        return Err(ApiError::bad_request("invalid_body", message));
    }
    let others = store.shelf(shelf()).named().map(|(id, _)| id.to_owned()).collect::<Vec<_>>();
    for other in others {
        if let Some(domain) = store.get_mut(&shelf().child(&other)) {
            domain.insert("is_default".into(), (Some(&other) == id.as_ref()).into());
        }
    }
    read_default(store, call)
}

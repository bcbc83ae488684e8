//! Organizations: their members, connections, grants, domains and invitations.

use serde_json::{Value, json};

use super::{access, organization_clients};
use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::listing;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection, relation};
use crate::store::{Place, Store, complete, text};

/// The organizations, and what is theirs.
pub const KINDS: &[Kind] = &[
    collection("/organizations")
        .id("org_", 16)
        .absent("No organization found by that id or name")
        .shows(&["is_app_entitlement_active", "third_party_client_access"])
        .unique(&["name"], None, "An organization with this name already exists.")
        .making(|_, _, organization| {
            // What is enabled is on a shelf of its own.
            organization.remove("enabled_connections");
            organization.entry("third_party_client_access").or_insert_with(|| "block".into());
            organization.entry("is_app_entitlement_active").or_insert_with(|| false.into());
            Ok(())
        })
        .made(|store, call, organization| {
            let id = text(organization, "id").unwrap_or_default();
            let enabled = call.body.get("enabled_connections").and_then(Value::as_array);
            for connection in enabled.into_iter().flatten().filter_map(Value::as_object) {
                let mut connection = connection.clone();
                complete_connection(store, &mut connection);
                let own = text(&connection, "connection_id").unwrap_or_default().to_owned();
                store.put(
                    &Place::from(["organizations", id, "enabled_connections", &own]),
                    connection,
                );
            }
        })
        .showing(|store, call, organization| {
            let id = text(organization, "id").unwrap_or_default();
            let client = call.query.text("include_client_association_for");
            let association = client.and_then(|c| organization_clients::of_client(store, id, c));
            organization.extend(association.map(|told| ("client".to_owned(), told)));
        })
        .changing(|_, call, _, organization| {
            if call.body.get("metadata") == Some(&json!({})) {
                organization.remove("metadata");
            }
            Ok(())
        }),
    relation("/organizations/{id}/members", "members").key("user_id").making(|store, _, member| {
        let id = text(member, "user_id").unwrap_or_default();
        match store.shelf(["users"]).get(id) {
            Some(_) => Ok(()),
            None => {
                let message = "One or more of the specified users do not exist.";
                Err(ApiError::bad_request("invalid_body", message))
            }
        }
    }),
    relation("/organizations/{id}/members/{user_id}/roles", "roles").showing(access::show_role),
    collection("/organizations/{id}/enabled_connections")
        .key("connection_id")
        .id_by(|connection| text(connection, "connection_id").unwrap_or_default().to_owned())
        .absent("No connection found by that id")
        .hides(NEWER)
        .unique(
            &["connection_id"],
            None,
            "The connection is enabled for this organization already.",
        )
        .making(|store, _, connection| {
            complete_connection(store, connection);
            Ok(())
        }),
    collection("/organizations/{id}/client-grants")
        .key("grant_id")
        .id_by(|grant| text(grant, "grant_id").unwrap_or_default().to_owned())
        .shows(&["grant_id"])
        .unique(&["grant_id"], None, "The grant is associated with this organization already.")
        .making(|store, _, association| {
            let id = text(association, "grant_id").unwrap_or_default().to_owned();
            let grant = store.grants().get(&id).ok_or_else(|| {
                ApiError::absent(Some("inexistent_client_grant"), "The grant does not exist.")
            })?;
            association.extend(grant.clone().into_iter().filter(|(key, _)| key != "id"));
            Ok(())
        })
        .showing(|_, call, association| {
            // A list names the grant as the lists of grants do.
            if call.row.method != "GET" {
                association.remove("subject_type");
            } else if let Some(id) = association.remove("grant_id") {
                association.insert("id".into(), id);
            }
        }),
    collection("/organizations/{id}/discovery-domains")
        .id("ord_", 22)
        .absent("The discovery domain does not exist.")
        .unique(&["domain"], None, "The domain is there already.")
        .making(|_, call, domain| {
            let name = text(domain, "domain").unwrap_or_default();
            let host = format!("_ss-verification.{}.{name}", call.id());
            domain.entry("status").or_insert_with(|| "pending".into());
            domain.entry("use_for_organization_discovery").or_insert_with(|| true.into());
            domain.insert("verification_host".into(), host.into());
            domain.insert("verification_txt".into(), ids::hex(16).into());
            Ok(())
        }),
    collection("/organizations/{id}/invitations")
        .id("uinv_", 16)
        .absent("The invitation does not exist.")
        .code("inexistent_invitation")
        .making(|store, call, invitation| {
            let (ticket, organization) = (ids::prefixed("", 32), call.id());
            let name = store.shelf(["organizations"]).get(organization);
            let name = name.and_then(|own| text(own, "name")).unwrap_or_default();
            let url = format!(
                "{}/login?invitation={ticket}&organization={organization}&organization_name={name}",
                store.base
            );
            let week = jiff::SignedDuration::from_hours(7 * 24);
            let expires = format!("{:.3}", jiff::Timestamp::now() + week);
            invitation.insert("organization_id".into(), organization.into());
            invitation.insert("ticket_id".into(), ticket.into());
            invitation.insert("invitation_url".into(), url.into());
            invitation.entry("expires_at").or_insert_with(|| expires.into());
            invitation.remove("ttl_sec");
            invitation.remove("send_invitation_email");
            Ok(())
        }),
];

/// What only the newer path to the connections of an organization shows.
const NEWER: &[&str] = &["is_enabled", "organization_access_level", "organization_connection_name"];

/// What other paths lead to.
pub const OWN: &[Own] = &[
    ("GET", "/organizations/name/{name}", by_name),
    ("GET", "/organizations/{id}/enabled_connections", list_enabled),
    ("GET", "/organizations/{id}/connections", connections),
    ("POST", "/organizations/{id}/connections", add_connection),
    ("GET", "/organizations/{id}/connections/{connection_id}", connection),
    ("PATCH", "/organizations/{id}/connections/{connection_id}", change_connection),
    ("DELETE", "/organizations/{id}/connections/{connection_id}", remove_connection),
    ("GET", "/organizations/{id}/invitations", invitations),
    ("GET", "/organizations/{id}/members", members),
    ("GET", "/organizations/{id}/discovery-domains/name/{discovery_domain}", domain_by_name),
    ("GET", "/organizations/{id}/roles/{role_id}/groups", no_groups),
    ("GET", "/organizations/{id}/roles/{role_id}/members", members_with_role),
];

/// A connection of an organization gets the name that it has elsewhere.
fn complete_connection(store: &Store, enabled: &mut Object) {
    let id = text(enabled, "connection_id").unwrap_or_default();
    let connection = store.shelf(["connections"]).get(id).cloned().unwrap_or_default();
    let of = |key: &str| connection.get(key).cloned().unwrap_or_default();
    let brief = json!({"name": of("name"), "strategy": of("strategy")});
    enabled.insert("connection".into(), brief);
    enabled.entry("assign_membership_on_login").or_insert_with(|| false.into());
    enabled.entry("show_as_button").or_insert_with(|| true.into());
    if text(&connection, "strategy") == Some("auth0") {
        enabled.entry("is_signup_enabled").or_insert_with(|| false.into());
    }
}

/// The members, by what is known of the users.
fn members(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let store = &*store;
    let shown = |member: &Object| {
        let user = store.shelf(["users"]).get(text(member, "user_id").unwrap_or_default());
        listing::choose(user.map(access::brief).unwrap_or_default(), &call.query)
    };
    Ok(Answer::Ok(listing::list_with_next(store.shelf(call.place()), call, shown)?))
}

fn by_name(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let named = store.shelf(["organizations"]).find(|own| text(own, "name") == Some(call.id()));
    let missing = || ApiError::absent(None, "No organization found by that id or name");
    Ok(Answer::Ok(named.cloned().ok_or_else(missing)?.into()))
}

/// An enabled connection, as the newer of two paths to it shows it.
fn show_connection(enabled: &Object) -> Object {
    let mut shown = enabled.clone();
    complete(
        &mut shown,
        &json!({
            "is_signup_enabled": false,
            "is_enabled": true,
            "organization_access_level": "none",
        }),
    );
    shown
}

/// Where the enabled connection of a path stands, whichever of the two paths it is.
fn place_of_connection(call: &Call, id: &str) -> Place {
    Place::from(["organizations", call.id(), "enabled_connections", id])
}

fn connections(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let enabled = store.shelf(["organizations", call.id(), "enabled_connections"]);
    let wanted = |connection: &Object| {
        let is_enabled = connection.get("is_enabled").and_then(Value::as_bool).unwrap_or(true);
        call.query.flag("is_enabled").is_none_or(|wanted| wanted == is_enabled)
    };
    Ok(Answer::Ok(listing::list(enabled, call, wanted, show_connection)?))
}

fn add_connection(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let mut connection = call.body.clone();
    let id = text(&connection, "connection_id").unwrap_or_default().to_owned();
    let place = place_of_connection(call, &id);
    if store.get(&place).is_some() {
        let message = "The connection is enabled for this organization already.";
        return Err(ApiError::conflict(None, message));
    }
    complete_connection(store, &mut connection);
    store.put(&place, connection.clone());
    Ok(Answer::to(call, show_connection(&connection)))
}

fn connection(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let missing = || ApiError::absent(None, "No connection found by that id");
    let connection = store.get(&place_of_connection(call, call.last_id())).ok_or_else(missing)?;
    Ok(Answer::Ok(show_connection(connection).into()))
}

fn change_connection(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let missing = || ApiError::absent(None, "No connection found by that id");
    let place = place_of_connection(call, call.last_id());
    let connection = store.get_mut(&place).ok_or_else(missing)?;
    connection.extend(call.body.clone());
    connection.retain(|_, value| !value.is_null());
    Ok(Answer::to(call, show_connection(connection)))
}

fn remove_connection(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    store.remove(&place_of_connection(call, call.last_id()));
    Ok(Answer::NoContent)
}

/// A list whose `limit` is how many it shows, as the real API has it for two lists of organizations.
fn list_with_own_limit(store: &Store, call: &Call, hidden: &[&str]) -> Result<Answer, ApiError> {
    let shown = |entity: &Object| {
        let shown = entity.iter().filter(|(key, _)| !hidden.contains(&key.as_str()));
        shown.map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    let mut body = listing::list(store.shelf(call.place()), call, |_| true, shown)?;
    let listed = body.as_object().into_iter().flatten().find_map(|(_, value)| value.as_array());
    if let Some(length) = listed.map(Vec::len)
        && let Some(limit) = body.get_mut("limit")
    {
        *limit = length.into();
    }
    Ok(Answer::Ok(body))
}

fn list_enabled(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    list_with_own_limit(store, call, NEWER)
}

fn invitations(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    list_with_own_limit(store, call, &[])
}

fn domain_by_name(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let domains = store.shelf(["organizations", call.id(), "discovery-domains"]);
    let named = domains.find(|domain| text(domain, "domain") == Some(call.last_id()));
    let missing = || ApiError::absent(None, "The discovery domain does not exist.");
    Ok(Answer::Ok(named.cloned().ok_or_else(missing)?.into()))
}

/// The members to whom the organization gives a role.
fn members_with_role(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let store = &*store;
    let has_role = |member: &Object| {
        let user = text(member, "user_id").unwrap_or_default();
        let roles = store.shelf(["organizations", call.id(), "members", user, "roles"]);
        roles.get(call.last_id()).is_some()
    };
    let shown = |member: &Object| {
        let user = store.shelf(["users"]).get(text(member, "user_id").unwrap_or_default());
        user.map(access::brief).unwrap_or_default()
    };
    let members = store.shelf(["organizations", call.id(), "members"]);
    Ok(Answer::Ok(listing::list(members, call, has_role, shown)?))
}

/// The tenant has no groups.
fn no_groups(_: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::Ok(json!({"groups": []})))
}

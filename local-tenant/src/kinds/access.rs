//! Roles and users, and what each may do.

use serde_json::{Value, json};

use super::sessions;
use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::listing;
use crate::operations::Own;
use crate::request::Call;
use crate::search;
use crate::serving::{Kind, collection, relation};
use crate::store::{Collection, Place, Store, text};

/// The roles, the users, and the relations between them.
pub const KINDS: &[Kind] = &[
    collection("/roles")
        .id("rol_", 16)
        .absent("The role does not exist.")
        .mourns()
        .filters(&[("name_filter", "name"), ("owner_id", "owner_id"), ("type", "type")])
        .shows(&["type", "owner_id"])
        .making(|_, _, role| {
            role.entry("type").or_insert_with(|| "tenant".into());
            Ok(())
        })
        .showing(|_, call, role| {
            // Only the answer to a write leaves it out where there is none.
            if call.row.method == "GET" {
                role.entry("description").or_insert_with(|| "".into());
            }
        }),
    relation("/roles/{id}/permissions", "permissions")
        .keyed(PERMISSION)
        .making(check_permission)
        .showing(show_permission),
    collection("/users")
        .key("user_id")
        .id_by(|user| {
            let own = text(user, "user_id").map_or_else(|| ids::hex(12), str::to_owned);
            format!("auth0|{own}")
        })
        .absent("The user does not exist.")
        .code("inexistent_user")
        .merges(&["user_metadata", "app_metadata"])
        .hides(HIDDEN)
        .making(make_user)
        .changing(|_, call, _, user| {
            one_at_a_time(call)?;
            if call.body.get("user_metadata") == Some(&json!({})) {
                user.insert("user_metadata".into(), json!({}));
            }
            if call.body.get("app_metadata") == Some(&json!({})) {
                user.remove("app_metadata");
            }
            if call.body.contains_key("password") {
                let now = format!("{:.3}", jiff::Timestamp::now());
                user.insert("last_password_reset".into(), now.into());
            }
            Ok(())
        })
        .going(|store, _, user| leave_everything(store, text(user, "user_id").unwrap_or_default())),
    relation("/users/{id}/permissions", "permissions")
        .keyed(PERMISSION)
        .making(check_permission)
        .showing(|store, call, permission| {
            show_permission(store, call, permission);
            permission.insert(
                "sources".into(),
                json!([{"source_id": "", "source_name": "", "source_type": "DIRECT"}]),
            );
        }),
    relation("/users/{id}/roles", "roles").showing(show_role),
];

/// What a user has by way of others.
pub const OWN: &[Own] = &[
    ("GET", "/roles/{id}/users", users_of_role),
    ("POST", "/roles/{id}/users", give_role),
    ("GET", "/users", list_users),
    ("GET", "/users/{id}/organizations", organizations_of_user),
];

/// What no answer shows of a user.
const HIDDEN: &[&str] =
    &["password", "connection", "verify_email", "verify_phone_number", "client_id"];

/// What tells a permission from others.
const PERMISSION: &[&str] = &["resource_server_identifier", "permission_name"];

fn check_permission(store: &Store, _: &Call, permission: &mut Object) -> Result<(), ApiError> {
    let identifier = text(permission, "resource_server_identifier").unwrap_or_default();
    if store.resource_server(identifier).is_none() {
        let message = "The resource server does not exist";
        return Err(ApiError::absent(Some("inexistent_resource_server"), message));
    }
    Ok(())
}

/// A permission as lists show it: with what its API says of it.
fn show_permission(store: &Store, _: &Call, permission: &mut Object) {
    let identifier = text(permission, "resource_server_identifier").unwrap_or_default();
    let Some(server) = store.resource_server(identifier) else { return };
    let scopes = server.get("scopes").and_then(Value::as_array);
    let named = |scope: &&Value| scope.get("value") == permission.get("permission_name");
    let description = scopes.into_iter().flatten().find(named).and_then(|s| s.get("description"));
    let description = description.cloned().unwrap_or_else(|| "".into());
    let name = server.get("name").cloned();
    permission.insert("description".into(), description);
    permission.extend(name.map(|name| ("resource_server_name".to_owned(), name)));
}

/// A role as the list of whoever has it shows it.
pub fn show_role(store: &Store, _: &Call, element: &mut Object) {
    let id = text(element, "id").unwrap_or_default();
    let Some(role) = store.shelf(["roles"]).get(id) else { return };
    for key in ["name", "description"] {
        let value = role.get(key).cloned().unwrap_or_else(|| "".into());
        element.insert(key.into(), value);
    }
}

/// A user as the lists of others show it.
pub fn brief(user: &Object) -> Object {
    let shown = ["user_id", "email", "picture", "name"];
    user.iter()
        .filter(|(key, _)| shown.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// A user as answers show one.
pub fn show_user(user: &Object) -> Object {
    let shown = user.iter().filter(|(key, _)| !HIDDEN.contains(&key.as_str()));
    shown.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// What the real API changes one at a time, as providers of it know.
fn one_at_a_time(call: &Call) -> Result<(), ApiError> {
    let apart = ["username", "password", "email_verified"];
    let mut changed = apart.iter().filter(|key| call.body.contains_key(**key));
    match (changed.next(), changed.next()) {
        (Some(one), Some(other)) => {
            let message = format!("Cannot update {one} and {other} simultaneously");
            Err(ApiError::bad_request("invalid_body", message))
        }
        _ => Ok(()),
    }
}

/// Lists the users that the query finds, of one connection if asked.
fn list_users(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let query = call.query.text("q").unwrap_or_default();
    let connection = call.query.text("connection");
    let wanted = |user: &Object| {
        let is_of = connection.is_none() || text(user, "connection") == connection;
        is_of && search::finds(query, &show_user(user))
    };
    let shown = |user: &Object| listing::choose(show_user(user), &call.query);
    Ok(Answer::Ok(listing::list(store.shelf(["users"]), call, wanted, shown)?))
}

/// Makes a user of a file, or changes the one with this address.
///
/// # Errors
/// 409 for one that is there and is not to be changed.
pub fn import_user(
    store: &mut Store,
    call: &Call,
    mut user: Object,
    upserts: bool,
) -> Result<(), ApiError> {
    let now = Value::from(format!("{:.3}", jiff::Timestamp::now()));
    let same =
        |held: &Object| ["email", "connection"].iter().all(|key| held.get(*key) == user.get(*key));
    let known = store.shelf(["users"]).find(same).and_then(|held| text(held, "user_id"));
    let known = known.map(str::to_owned);
    if let Some(id) = known.filter(|_| upserts) {
        user.insert("updated_at".into(), now);
        if let Some(held) = store.shelf_mut(["users"]).get_mut(&id) {
            held.extend(user);
        }
        return Ok(());
    }
    let own = text(&user, "user_id").map_or_else(|| ids::hex(12), str::to_owned);
    let id = format!("auth0|{own}");
    user.insert("user_id".into(), id.clone().into());
    make_user(store, call, &mut user)?;
    user.insert("created_at".into(), now.clone());
    user.insert("updated_at".into(), now);
    store.put(&Place::from(["users", &id]), user);
    Ok(())
}

fn make_user(store: &Store, _: &Call, user: &mut Object) -> Result<(), ApiError> {
    let id = text(user, "user_id").unwrap_or_default().to_owned();
    let email = text(user, "email").unwrap_or_default().to_owned();
    let connection = user.get("connection").cloned().unwrap_or_default();
    let same = |other: &Object| {
        text(other, "user_id") == Some(&id)
            || !email.is_empty()
                && text(other, "email") == Some(&email)
                && other.get("connection") == Some(&connection)
    };
    if store.shelf(["users"]).find(same).is_some() {
        return Err(ApiError::conflict(Some("auth0_idp_error"), "The user already exists."));
    }
    user.remove("password");
    user.remove("verify_email");
    let local = email.split('@').next().unwrap_or_default().to_owned();
    let defaults = json!({
        "email_verified": false,
        "name": email,
        "nickname": local,
        "picture": picture(&email),
        "identities": [{
            "connection": connection,
            "user_id": id.trim_start_matches("auth0|"),
            "provider": "auth0",
            "isSocial": false,
        }],
    });
    for (key, value) in defaults.as_object().into_iter().flatten() {
        user.entry(key).or_insert_with(|| value.clone());
    }
    Ok(())
}

/// The address of a user's picture; ours are all the same.
fn picture(email: &str) -> String {
    let initials: String = email.chars().take(2).collect();
    let avatar = format!("https%3A%2F%2Fcdn.auth0.com%2Favatars%2F{initials}.png");
    format!("https://s.gravatar.com/avatar/{}?s=480&r=pg&d={avatar}", ids::hex(16))
}

/// Takes a user out of whatever names it.
pub fn leave_everything(store: &mut Store, user_id: &str) {
    sessions::forget(store, user_id);
    let organizations: Vec<_> =
        store.shelf(["organizations"]).named().map(|(id, _)| id.to_owned()).collect();
    for id in organizations {
        store.remove(&Place::from(["organizations", &id, "members", user_id]));
    }
}

fn give_role(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let users = call.body.get("users").and_then(Value::as_array).cloned().unwrap_or_default();
    for user in users.iter().filter_map(Value::as_str) {
        let role = Object::from_iter([("id".to_owned(), call.id().into())]);
        store.put(&Place::from(["users", user, "roles", call.id()]), role);
    }
    Ok(Answer::to(call, Object::new()))
}

fn users_of_role(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let has_role = |user: &Object| {
        let id = text(user, "user_id").unwrap_or_default();
        store.shelf(["users", id, "roles"]).get(call.id()).is_some()
    };
    Ok(Answer::Ok(listing::list(store.shelf(["users"]), call, has_role, brief)?))
}

fn organizations_of_user(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let mut memberships = Collection::default();
    for (id, organization) in store.shelf(["organizations"]).named() {
        if store.shelf(["organizations", id, "members"]).get(call.id()).is_some() {
            memberships.insert(id, organization.clone());
        }
    }
    let mut body = listing::list(&memberships, call, |_| true, Object::clone)?;
    if let Some(total) = body.get_mut("total") {
        // The real API does not count them, however many it lists.
        *total = 0.into();
    }
    Ok(Answer::Ok(body))
}

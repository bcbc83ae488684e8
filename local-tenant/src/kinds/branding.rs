//! How pages and messages look: branding, themes, the page template, and what is sent by phone.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection, optional, setting};
use crate::store::{Place, Store, complete, text};

/// Branding, and what belongs to it.
pub const KINDS: &[Kind] = &[
    setting("/branding", |_, _| Object::new()),
    collection("/branding/themes")
        .key("themeId")
        .id("", 32)
        .absent("There was an error retrieving branding settings: invalid theme ID")
        .code(THEME_NOT_FOUND)
        .shows(&["identifiers"]),
    optional("/branding/templates/universal-login").absent("The template does not exist."),
    collection("/branding/phone/providers")
        .id("pro_", 22)
        .absent("Notification Resource not found")
        .mourns()
        .making(|store, _, provider| {
            provider.entry("disabled").or_insert_with(|| false.into());
            send_by_phone(store, provider);
            Ok(())
        }),
    collection("/branding/phone/templates")
        .id("tem_", 22)
        .absent("Notification Resource not found")
        .mourns()
        .shows(&["created_at", "updated_at"])
        .making(|store, _, template| {
            template.entry("disabled").or_insert_with(|| false.into());
            send_by_phone(store, template);
            complete(template, &written_in_liquid());
            Ok(())
        })
        .changing(|_, _, _, template| {
            complete(template, &written_in_liquid());
            Ok(())
        }),
];

/// What no table says of them.
pub const OWN: &[Own] = &[
    ("GET", "/branding/themes/default", default_theme),
    ("DELETE", "/branding/themes/{themeId}", delete_theme),
    ("PUT", "/branding/templates/universal-login", put_page_template),
    ("PATCH", "/branding/phone/templates/{id}/reset", reset_template),
    ("POST", "/branding/phone/providers/{id}/try", accept_message),
    ("POST", "/branding/phone/templates/{id}/try", accept_message),
];

const THEME_NOT_FOUND: &str = "theme_not_found";

/// What sends, or is sent, by phone says so.
fn send_by_phone(store: &Store, entity: &mut Object) {
    entity.insert("tenant".into(), store.tenant_name().into());
    entity.insert("channel".into(), "phone".into());
}

/// The language of a template that names none.
fn written_in_liquid() -> Value {
    json!({"content": {"syntax": "liquid"}})
}

fn themes() -> Place {
    Place::from(["branding", "themes"])
}

/// The theme that the tenant has.
fn default_theme(store: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    let theme = store.shelf(themes()).entities().next().cloned();
    let missing = || {
        let message = "There was an error retrieving branding settings: invalid theme ID";
        ApiError::absent(Some(THEME_NOT_FOUND), message)
    };
    Ok(Answer::Ok(theme.ok_or_else(missing)?.into()))
}

fn delete_theme(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    match store.remove(&call.place()) {
        Some(_) => Ok(Answer::NoContent),
        None => {
            let message = "There was an error deleting branding settings: invalid theme ID";
            Err(ApiError::absent(Some(THEME_NOT_FOUND), message))
        }
    }
}

/// The template is sent as a text or under a member, and answered as made the first time only.
fn put_page_template(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let page = call.body.get("template").unwrap_or(&call.other).clone();
    let was_there = store.get(&call.place()).is_some();
    store.put(&call.place(), Object::from_iter([("body".to_owned(), page)]));
    Ok(match was_there {
        true => Answer::NoContent,
        false => Answer::Created(json!({})),
    })
}

/// Puts the tenant's own words in the place of a template's; its number stays.
fn reset_template(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let place = Place::from(["branding", "phone", "templates", call.id()]);
    let missing = || ApiError::absent(None, "Notification Resource not found");
    let template = store.get_mut(&place).ok_or_else(missing)?;
    let words = match text(template, "type") {
        Some("change_password") => "Your password for {{ friendly_name | escape }} was changed.",
        Some("blocked_account") => "Your account at {{ friendly_name | escape }} is blocked.",
        Some("password_breach") => {
            "Your password for {{ friendly_name | escape }} is known to others."
        }
        _ => "{{ code | escape }} is your code for {{ friendly_name | escape }}.",
    };
    if let Some(Value::Object(content)) = template.get_mut("content") {
        content.insert("body".into(), json!({"text": words, "voice": words}));
    }
    template.insert("updated_at".into(), format!("{:.3}", jiff::Timestamp::now()).into());
    Ok(Answer::Ok(template.clone().into()))
}

/// A message to try it out is taken in; nothing is sent.
fn accept_message(_: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    let message = "Test notification successfully sent for processing";
    Ok(Answer::Of(StatusCode::ACCEPTED, json!({"code": 202, "message": message})))
}

//! Lists: pages by offset and by checkpoint, totals, and the choice of fields.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::answer::{ApiError, Object};
use crate::document::{ListForm, Violation};
use crate::request::{Call, Query};
use crate::store::Collection;

/// Entities on a page where `per_page` or `take` is not given.
const DEFAULT_PAGE: usize = 50;

/// Pages by offset reach no further than this; checkpoint paging does.
const MAXIMUM_OFFSET: usize = 1000;

/// Answers a list request over the entities for which `wanted` is true, each as `shown` shows it.
///
/// The form is the document's: a bare array, or an object with the array under its name. With
/// `include_totals` the object has `start`, `limit` and `total`; with `from` or `take` it has `next` where
/// there is more.
///
/// # Errors
/// 400 `invalid_paging` for a page beyond the 1000th entity, 400 for a `from` that is none of ours.
pub fn list(
    collection: &Collection,
    call: &Call,
    wanted: impl Fn(&Object) -> bool,
    shown: impl Fn(&Object) -> Object,
) -> Result<Value, ApiError> {
    let whole = ListForm { bare: true, with: BTreeSet::new(), key: None };
    page(collection, &call.query, call.row.list.as_ref().unwrap_or(&whole), wanted, shown)
}

/// As `list`, but with a `next` behind every page that holds something, be it the last.
///
/// # Errors
/// As `list`.
pub fn list_with_next(
    collection: &Collection,
    call: &Call,
    shown: impl Fn(&Object) -> Object,
) -> Result<Value, ApiError> {
    let mut body = list(collection, call, |_| true, shown)?;
    let by_checkpoint = call.query.text("from").is_some() || call.query.text("take").is_some();
    let holds = body.as_object().is_some_and(|body| body.values().any(|v| v.get(0).is_some()));
    if let Some((last, _)) = collection.numbered().last()
        && by_checkpoint
        && holds
        && body.get("next").is_none()
    {
        body["next"] = after(last).into();
    }
    Ok(body)
}

/// The checkpoint behind an entity.
fn after(number: u64) -> String {
    URL_SAFE_NO_PAD.encode(format!("after:{number}"))
}

fn page(
    collection: &Collection,
    query: &Query,
    form: &ListForm,
    wanted: impl Fn(&Object) -> bool,
    shown: impl Fn(&Object) -> Object,
) -> Result<Value, ApiError> {
    let show = |entity: &Object| Value::Object(shown(entity));
    let chosen = || collection.numbered().filter(|(_, entity)| wanted(entity));
    let with = |member: &str| form.with.contains(member);
    let Some(key) = form.key.as_deref() else {
        return Ok(chosen().map(|(_, entity)| show(entity)).collect());
    };
    let asks_for_pages = query.text("page").is_some() || query.text("per_page").is_some();
    let by_checkpoint = query.text("from").is_some() || query.text("take").is_some();
    if with("next") && (by_checkpoint || !form.bare && !asks_for_pages) {
        let last = query.text("from").map(checkpoint).transpose()?.unwrap_or(0);
        let take = query.number("take").unwrap_or(DEFAULT_PAGE);
        let rest = || chosen().filter(|(number, _)| *number > last);
        let taken: Vec<_> = rest().take(take).collect();
        let mut body = json!({});
        if let (Some((last, _)), true) = (taken.last(), rest().nth(take).is_some()) {
            body["next"] = after(*last).into();
        }
        body[key] = taken.into_iter().map(|(_, entity)| show(entity)).collect();
        return Ok(body);
    }
    let limit = query.number("per_page").filter(|limit| *limit > 0).unwrap_or(DEFAULT_PAGE);
    let start = query.number("page").unwrap_or(0).saturating_mul(limit);
    if start + limit > MAXIMUM_OFFSET && start > 0 {
        let message =
            format!("Requesting page exceeds the allowed maximum of {MAXIMUM_OFFSET} records.");
        return Err(ApiError::new(StatusCode::BAD_REQUEST, "invalid_paging", message));
    }
    let listed: Value = chosen().skip(start).take(limit).map(|(_, entity)| show(entity)).collect();
    let totals = query.flag("include_totals") == Some(true);
    if form.bare && !totals {
        return Ok(listed);
    }
    let mut body = json!({});
    if with("per_page") {
        // These services leave out what is nothing.
        let is_beyond = listed == json!([]);
        let total = if is_beyond { 0 } else { chosen().count() };
        let numbers = [("total", total), ("page", start / limit), ("per_page", limit)];
        for (name, number) in numbers.into_iter().filter(|(_, number)| *number > 0) {
            body[name] = number.into();
        }
    } else if totals {
        let length = listed.as_array().map_or(0, Vec::len);
        let numbers =
            [("start", start), ("limit", limit), ("length", length), ("total", chosen().count())];
        for (name, number) in numbers.into_iter().filter(|(name, _)| with(name)) {
            body[name] = number.into();
        }
    }
    body[key] = listed;
    Ok(body)
}

/// The entity with the fields that `fields` and `include_fields` choose; a secret is never among them.
pub fn choose(entity: Object, query: &Query) -> Object {
    let Some(fields) = query.text("fields") else { return entity };
    let named: Vec<&str> = fields.split(',').map(str::trim).collect();
    let include = query.flag("include_fields") != Some(false);
    let is_chosen = |key: &str| named.contains(&key) == include && key != "client_secret";
    entity.into_iter().filter(|(key, _)| is_chosen(key)).collect()
}

fn checkpoint(from: &str) -> Result<u64, ApiError> {
    let number = || -> Option<u64> {
        let decoded = URL_SAFE_NO_PAD.decode(from).ok()?;
        std::str::from_utf8(&decoded).ok()?.strip_prefix("after:")?.parse().ok()
    };
    number().ok_or_else(|| {
        let reason = "Object didn't pass validation for format checkpoint".to_owned();
        ApiError::invalid_query(&Violation { property: "from".into(), reason })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(size: usize) -> Collection {
        let mut collection = Collection::default();
        for number in 0..size {
            let mut entity = Object::new();
            entity.insert("id".into(), number.to_string().into());
            entity.insert("name".into(), format!("n{number}").into());
            collection.insert(number.to_string(), entity);
        }
        collection
    }

    fn form() -> ListForm {
        let with = ["start", "limit", "total", "next"].map(str::to_owned).into();
        ListForm { bare: true, with, key: Some("things".into()) }
    }

    fn listed(collection: &Collection, query: &str) -> Value {
        let query = Query::parse(query);
        let shown = |entity: &Object| choose(entity.clone(), &query);
        page(collection, &query, &form(), |_| true, shown).unwrap()
    }

    #[test]
    fn pages_by_offset_are_arrays_or_carry_totals() {
        struct Case {
            query: &'static str,
            expected: Value,
        }
        let collection = collection(5);
        let cases = [
            Case {
                query: "per_page=2&page=1&fields=id",
                expected: json!([{"id": "2"}, {"id": "3"}]),
            },
            Case {
                query: "per_page=2&page=2&fields=name&include_fields=false&include_totals=true",
                expected: json!({"start": 4, "limit": 2, "total": 5, "things": [{"id": "4"}]}),
            },
            Case { query: "per_page=5&page=1", expected: json!([]) },
        ];
        for Case { query, expected } in cases {
            assert_eq!(listed(&collection, query), expected, "{query}");
        }
    }

    #[test]
    fn a_checkpoint_goes_on_where_it_ended_after_a_delete() {
        let mut collection = collection(5);
        let first = listed(&collection, "take=2&fields=id&include_totals=true");
        assert_eq!(first["things"], json!([{"id": "0"}, {"id": "1"}]));
        collection.remove("0");
        let next = first["next"].as_str().unwrap();
        let second = listed(&collection, &format!("take=2&fields=id&from={next}"));
        assert_eq!(second["things"], json!([{"id": "2"}, {"id": "3"}]));
        let next = second["next"].as_str().unwrap();
        let last = listed(&collection, &format!("take=2&fields=id&from={next}"));
        assert_eq!(last, json!({"things": [{"id": "4"}]}));
    }

    #[test]
    fn a_page_beyond_the_thousandth_record_is_refused() {
        let refused = |query| {
            page(&collection(3), &Query::parse(query), &form(), |_| true, Object::clone).is_err()
        };
        assert!(refused("per_page=100&page=10"));
        assert!(!refused("per_page=100&page=9"));
        assert!(refused("take=2&from=elsewhere"));
    }
}

//! What the tenant does by itself when asked to: jobs, tickets; and the log of what happened, which a seed may hold.

use serde_json::{Value, json};

use super::access;
use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::listing;
use crate::operations::Own;
use crate::request::Call;
use crate::search;
use crate::serving::{Kind, collection};
use crate::store::{Place, Store, text};

/// Jobs and logs.
pub const KINDS: &[Kind] = &[
    collection("/jobs").absent("The job does not exist.").code("inexistent_job").later(|job| {
        if text(job, "status") == Some("pending") {
            job.insert("status".into(), "completed".into());
        }
    }),
    collection("/logs").key("log_id").absent("The log does not exist."),
];

/// How jobs and tickets are made, and logs searched.
pub const OWN: &[Own] = &[
    ("POST", "/jobs/users-exports", export),
    ("POST", "/jobs/users-imports", import),
    ("POST", "/jobs/verification-email", verify),
    ("GET", "/jobs/{id}/errors", errors),
    ("POST", "/tickets/email-verification", email_ticket),
    ("POST", "/tickets/password-change", password_ticket),
    ("GET", "/logs", logs),
    ("GET", "/users/{id}/logs", logs_of_user),
];

/// Makes a job of what the body says, and shows it.
fn make(store: &mut Store, call: &Call, kind: &str, said: &[&str]) -> (String, Object) {
    let mut job: Object = call
        .body
        .iter()
        .filter(|(key, value)| said.contains(&key.as_str()) && **value != "")
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let connection = text(&job, "connection_id").unwrap_or_default();
    let connection = store.get(&Place::from(["connections", connection]));
    if let Some(name) = connection.and_then(|connection| connection.get("name")).cloned() {
        job.insert("connection".into(), name);
    }
    let id = ids::prefixed("job_", 16);
    job.insert("id".into(), id.clone().into());
    job.insert("type".into(), kind.into());
    job.insert("status".into(), "pending".into());
    job.insert("created_at".into(), format!("{:.3}", jiff::Timestamp::now()).into());
    store.put(&Place::from(["jobs", &id]), job.clone());
    (id, job)
}

fn export(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let said = ["connection_id", "format", "limit", "fields"];
    let (_, job) = make(store, call, "users_export", &said);
    Ok(Answer::to(call, job))
}

fn verify(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    if store.shelf(["users"]).get(text(&call.body, "user_id").unwrap_or_default()).is_none() {
        return Err(ApiError::absent(Some("inexistent_user"), "The user does not exist."));
    }
    let (_, job) = make(store, call, "verification_email", &[]);
    Ok(Answer::to(call, job))
}

/// Makes the users of a file; one that is there already is changed where that was asked for, else an error of
/// the job.
fn import(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let said = ["connection_id", "external_id"];
    let (id, job) = make(store, call, "users_import", &said);
    let connection = text(&job, "connection").unwrap_or_default().to_owned();
    let users: Vec<Object> = text(&call.body, "users")
        .and_then(|file| serde_json::from_str(file).ok())
        .unwrap_or_default();
    let upserts = text(&call.body, "upsert") == Some("true");
    for (index, user) in users.into_iter().enumerate() {
        let mut sent = user.clone();
        sent.insert("connection".into(), connection.clone().into());
        match access::import_user(store, call, sent, upserts) {
            Ok(()) => {}
            Err(_) => {
                let error = json!({
                    "user": user,
                    "errors": [{
                        "code": "DUPLICATED_USER",
                        "message": "The user already exist and upsert parameter is false",
                    }],
                });
                let error = error.as_object().cloned().unwrap_or_default();
                store.put(&Place::from(["jobs", &id, "errors", &index.to_string()]), error);
            }
        }
    }
    Ok(Answer::to(call, job))
}

fn errors(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let errors: Vec<Value> =
        store.shelf(call.place()).entities().cloned().map(Value::Object).collect();
    Ok(Answer::Ok(errors.into()))
}

fn email_ticket(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    ticket(store, call, "email-verification")
}

fn password_ticket(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    ticket(store, call, "reset-verify")
}

fn ticket(store: &Store, call: &Call, page: &str) -> Result<Answer, ApiError> {
    let ticket = ids::prefixed("", 32);
    Ok(Answer::to(call, json!({"ticket": format!("{}/u/{page}?ticket={ticket}#", store.base)})))
}

fn logs(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let query = call.query.text("q").or(call.query.text("search")).unwrap_or_default();
    let shown = |log: &Object| listing::choose(log.clone(), &call.query);
    let is_found = |log: &Object| search::finds(query, log);
    Ok(Answer::Ok(listing::list(store.shelf(["logs"]), call, is_found, shown)?))
}

fn logs_of_user(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let is_theirs = |log: &Object| text(log, "user_id") == Some(call.id());
    Ok(Answer::Ok(listing::list(store.shelf(["logs"]), call, is_theirs, Object::clone)?))
}

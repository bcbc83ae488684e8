//! Event streams: where events of the tenant go, and the test events that were sent there.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::listing;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection};
use crate::store::{Place, Store, text};

/// The streams, and what was sent on them.
pub const KINDS: &[Kind] = &[
    collection("/event-streams")
        .id("est_", 22)
        .absent("The event stream does not exist.")
        .making(|store, _, stream| {
            stream.entry("status").or_insert_with(|| "enabled".into());
            name_partner(store, None, stream);
            Ok(())
        })
        .changing(|store, _, old, stream| {
            name_partner(store, Some(old), stream);
            Ok(())
        })
        .showing(|_, _, stream| {
            if let Some(Value::Object(authorization)) = stream
                .get_mut("destination")
                .and_then(|to| configuration(to)?.get_mut(AUTHORIZATION))
            {
                authorization.retain(|key, _| !SECRETS.contains(&key.as_str()));
            }
        })
        .going(|store, _, stream| {
            // The action that it called goes with it.
            if let Some(id) = stream["destination"]["configuration"]["action_id"].as_str() {
                let action = Place::from(["actions", "actions", id]);
                store.remove(&action);
            }
        }),
    collection("/event-streams/{id}/deliveries").absent("The delivery does not exist."),
];

/// Tests and repetitions.
pub const OWN: &[Own] = &[
    ("GET", "/event-streams/{id}/deliveries", deliveries),
    ("POST", "/event-streams/{id}/test", send_test_event),
    ("POST", "/event-streams/{id}/redeliver", redeliver),
    ("POST", "/event-streams/{id}/redeliver/{event_id}", redeliver_one),
];

const AUTHORIZATION: &str = "webhook_authorization";

/// What of the authorization of a webhook no answer shows.
const SECRETS: &[&str] = &["token", "password", "header_value"];

fn configuration(destination: &mut Value) -> Option<&mut Object> {
    destination.get_mut("configuration")?.as_object_mut()
}

/// The source on the partner's side keeps its name as long as the stream goes there.
fn name_partner(store: &Store, old: Option<&Object>, stream: &mut Object) {
    const SOURCE: &str = "aws_partner_event_source";
    let Some(destination) = stream.get_mut("destination") else { return };
    if destination["type"] != "eventbridge" {
        return;
    }
    let named = old.and_then(|old| old["destination"]["configuration"].get(SOURCE)).cloned();
    let name = named.unwrap_or_else(|| {
        let (tenant, id) = (store.tenant_name(), ids::uuid());
        format!("aws.partner/auth0.com/{tenant}-{id}/auth0.events").into()
    });
    if let Some(configuration) = configuration(destination) {
        configuration.entry(SOURCE).or_insert(name);
    }
}

/// The deliveries of the states and kinds of event that the query names, each list with commas.
fn deliveries(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let is_asked_for = |parameter: &str, held: Option<&str>| {
        let asked = call.query.text(parameter);
        asked.is_none_or(|asked| asked.split(',').any(|one| Some(one) == held))
    };
    let wanted = |delivery: &Object| {
        is_asked_for("event_types", text(delivery, "event_type"))
            && is_asked_for("statuses", text(delivery, "status"))
    };
    Ok(Answer::Ok(listing::list(store.shelf(call.place()), call, wanted, Object::clone)?))
}

/// Notes a test event as a delivery that waits: the tenant sends nothing.
fn send_test_event(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let (stream, event) = (call.id(), ids::prefixed("evt_", 22));
    let kind = call.body.get("event_type").cloned().unwrap_or_default();
    let data = call.body.get("data").cloned().unwrap_or_else(|| json!({"object": {}}));
    let delivery = json!({
        "id": event,
        "event_stream_id": stream,
        "event_type": kind,
        "status": "pending",
        "attempts": [],
        "event": {
            "specversion": "1.0",
            "a0purpose": "test",
            "id": event,
            "source": format!("urn:auth0:{}", store.tenant_name()),
            "type": kind,
            "time": format!("{:.3}", jiff::Timestamp::now()),
            "data": data,
        },
    });
    let place = Place::from(["event-streams", stream, "deliveries", &event]);
    store.put(&place, delivery.as_object().cloned().unwrap_or_default());
    Ok(Answer::to(call, delivery))
}

fn redeliver(_: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::Of(StatusCode::ACCEPTED, json!({})))
}

fn redeliver_one(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    match store.get(&Place::from(["event-streams", call.id(), "deliveries", call.last_id()])) {
        Some(_) => redeliver(store, call),
        None => Err(ApiError::absent(None, "The delivery does not exist.")),
    }
}

//! What is done with an object once it was made or changed, in the time that the API takes for it.

use std::time::Duration;

use pulumi_rs_sdk::table::rest::{Class, Until, WireObject};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use super::class;
use super::run::Stopped;
use super::site::Site;
use super::tenant::Tenant;
use super::wire;
use crate::api::{ApiError, Asked, Call, Means, Request};

/// How long to wait before the object is looked at again: at first, and at most.
const WAITS: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(5));

impl Tenant {
    /// Does with an object, which is `shown` like that, what its class does once it was made or changed, if the program
    /// wants it; the object as it is then.
    ///
    /// # Errors
    /// It has come to a state from which it cannot go on. What the API refused. The call ends before.
    pub(super) async fn then(
        &self,
        call: &Call<'_>,
        site: &Site,
        inputs: &Object,
        shown: WireObject,
    ) -> Result<WireObject, Stopped> {
        let Class::Collection(of) = site.home.resource.class else {
            return Ok(shown);
        };
        let wanted = of.then.filter(|act| inputs.get(act.row) == Some(&Value::Bool(true)));
        let Some(act) = wanted else {
            return Ok(shown);
        };
        let shown = self.wait_for(call, site, &act.first, Some(shown)).await?;
        let post = Request::post(site.at.clone().below(act.path), Json::Null);
        // What is asked for a second time is there already.
        let post = Request { body: None, means: Means::Sets, ..post };
        match call.send(&post).await {
            Ok(_) => self.wait_for(call, site, &act.done, None).await,
            Err(error) => Err(Stopped::after_writing(error, shown)),
        }
    }

    /// Looks at the object until it has come to that state.
    async fn wait_for(
        &self,
        call: &Call<'_>,
        site: &Site,
        until: &Until,
        mut shown: Option<WireObject>,
    ) -> Result<WireObject, Stopped> {
        let read = Request::get(site.at.clone());
        let (mut wait, most) = WAITS;
        loop {
            let object = match shown.take() {
                Some(shown) => shown,
                None => self.run(call, &class::read(site, None)).await?,
            };
            let state = match wire::get(&object, until.member) {
                Some(Json::String(text)) => text.clone(),
                Some(json) => json.to_string(),
                None => String::new(),
            };
            if until.values.contains(&state.as_str()) {
                return Ok(object);
            }
            let ended = match until.fails.contains(&state.as_str()) {
                true => Asked::of(&read)
                    .map(|asked| Some(ApiError::Failed { asked, member: until.member, state })),
                false => call.pause(wait, &read).await.map(|()| None),
            };
            match ended {
                Ok(None) => wait = (wait * 2).min(most),
                Ok(Some(error)) | Err(error) => return Err(Stopped::after_writing(error, object)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use pulumi_rs_sdk::error::Error;
    use pulumi_rs_sdk::log::Log;
    use pulumi_rs_sdk::provider::{Context, CreateRequest, Created};
    use pulumi_rs_sdk::table::rest::*;
    use serde_json::{Value as Json, json};
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::api::answered::answered;
    use crate::rest::testing::object;

    const RAISE: Act = act(
        "raise",
        "up",
        until("status", &["sewn"]).fails(&["torn"]),
        until("mast.up", &["true"]),
    );

    const FLAG: Resource = resource("Flag", collection("flags").then(&RAISE)).fields(&[
        optional("name", STRING),
        output("status", STRING),
        optional("up", BOOL).local(),
    ]);

    /// Makes a flag that comes to these states, one a look; what was asked, and what came of it.
    async fn make(inputs: Json, states: &[&'static str]) -> (Result<Created, Error>, Vec<String>) {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (told, mut left) = (asked.clone(), states.to_vec());
        left.reverse();
        let left = Mutex::new((left, false));
        let api = answered(move |method, path, _| {
            told.lock().unwrap().push(format!("{method} {}", path.trim_start_matches("/api/v2/")));
            let (left, is_up) = &mut *left.lock().unwrap();
            let status = if left.len() > 1 { left.pop() } else { left.last().copied() };
            let answer = json!({"id": "f", "status": status, "mast": {"up": *is_up}});
            *is_up |= path.ends_with("/raise");
            (200, answer)
        });
        let request = CreateRequest {
            resource: &FLAG,
            token: "t".into(),
            urn: "urn".into(),
            name: "flag".into(),
            inputs: object(inputs),
            defaults: Vec::default(),
            timeout: None,
        };
        let context = Context { log: Log::discard(), cancel: CancellationToken::new() };
        let made = Tenant::new(api, false).create(&context, request).await;
        let asked = asked.lock().unwrap().clone();
        (made, asked)
    }

    #[tokio::test(start_paused = true)]
    async fn what_the_program_wants_is_done_once_the_object_is_ready() {
        let (made, asked) = make(json!({"up": true}), &["cut", "cut", "sewn"]).await;
        assert_eq!(made.unwrap().outputs["status"], "sewn".into());
        let expected =
            ["POST flags", "GET flags/f", "GET flags/f", "POST flags/f/raise", "GET flags/f"];
        assert_eq!(asked, expected);

        let (made, asked) = make(json!({"up": false}), &["cut"]).await;
        assert_eq!((made.unwrap().id.as_str(), asked.len()), ("f", 1));
    }

    #[tokio::test(start_paused = true)]
    async fn what_fails_on_the_way_was_made_all_the_same() {
        let (made, asked) = make(json!({"up": true}), &["cut", "torn"]).await;
        let error = made.unwrap_err();
        assert!(error.message.contains("`status` has become \"torn\""), "{error}");
        assert_eq!(error.created.unwrap().id, "f");
        assert_eq!(asked, ["POST flags", "GET flags/f"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_ends_with_the_time_of_the_call() {
        let (made, _) = make(json!({"up": true}), &["cut"]).await;
        let error = made.unwrap_err();
        assert!(error.message.contains("not done within"), "{error}");
        assert_eq!(error.created.unwrap().id, "f");
    }
}

//! What is done with an object once it was made or changed, in the time that the API takes for it.

use std::time::Duration;

use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::table::rest::{Act, Class, Until, WireObject};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;
use tokio::time::Instant;

use super::body::{self, Changes};
use super::class;
use super::run::Stopped;
use super::site::Site;
use super::tenant::Tenant;
use super::wire;
use crate::api::{ApiError, Asked, Call, Means, Request};

/// How long to wait before the object is looked at once more: at first, and at most.
const WAITS: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(5));

/// How long an object is waited for of which the program wants nothing more.
const UNWANTED: Duration = Duration::from_secs(30);

/// What is waited for longer is told.
const WORTH_TELLING: Duration = Duration::from_secs(1);

/// What an object has to show, and for how long it is looked at.
struct Awaited<'a> {
    until: &'a Until,
    /// What it has to show beside: the wire path, and what is there.
    beside: Option<(&'static str, Json)>,
    within: Option<Duration>,
}

/// How long making or changing one of them may take, where the program does not say.
pub(super) fn timeout_of(resource: &Resource) -> Option<Duration> {
    resource.create_timeout.map(|seconds| Duration::from_secs(seconds.into()))
}

impl Tenant {
    /// Does with an object, which is `shown` like that, what its class does once it was made or changed, if the program
    /// wants it; the object as it is then.
    ///
    /// Where the program does not want it, the object is waited for a little, so that the state holds what it comes to, and
    /// what it does not come to is told, and no error.
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
        let Some(act) = act_of(site) else {
            return Ok(shown);
        };
        let ready = Awaited { until: &act.first, beside: None, within: None };
        if !is_wanted(act, inputs) {
            let ready = Awaited { within: Some(UNWANTED), ..ready };
            return Ok(self.wait_for(call, site, ready, shown, true).await.unwrap_or_else(
                |stopped| {
                    call.log().warning(stopped.error.to_string());
                    stopped.shown
                },
            ));
        }
        let shown = self.wait_for(call, site, ready, shown, true).await?;
        let post = Request::post(site.at.clone().below(act.path), Json::Null);
        // What is asked for a second time is there already.
        let post = Request { body: None, means: Means::Sets, ..post };
        match call.send(&post).await {
            Ok(answer) => {
                let answer = answer.into_json().unwrap_or_default();
                let made = |(member, at): (&str, _)| Some((at, answer.get(member)?.clone()));
                let done =
                    Awaited { until: &act.done, beside: act.makes.and_then(made), within: None };
                self.wait_for(call, site, done, shown, false).await
            }
            Err(error) => Err(Stopped::after_writing(error, shown)),
        }
    }

    /// Brings an object to its end in which nothing has changed, but of which the last update may not have seen to
    /// everything; the object as it is then, or nothing where there was nothing to do.
    ///
    /// # Errors
    /// As [`Tenant::then`], and what the API refused of a change.
    pub(super) async fn go_on(
        &self,
        call: &Call<'_>,
        site: &Site,
        inputs: &Object,
        live: WireObject,
    ) -> Result<Option<WireObject>, Stopped> {
        let Some(act) = act_of(site) else {
            return Ok(None);
        };
        let is_left = act.unless.is_some_and(|unless| !is_at(&live, &unless, unless.values));
        let live = match is_at(&live, &act.first, act.first.fails) {
            // To write it anew is what has it tried again.
            true => {
                let all = Changes::only(body::whole(site.home.resource, inputs));
                self.run(call, &class::change(site, all)).await?
            }
            false if is_left && is_wanted(act, inputs) => live,
            false => return Ok(None),
        };
        self.then(call, site, inputs, live).await.map(Some)
    }

    /// Looks at the object until it has come to that state, beginning with what `shown` is of it, unless that is of before.
    async fn wait_for(
        &self,
        call: &Call<'_>,
        site: &Site,
        awaited: Awaited<'_>,
        shown: WireObject,
        is_shown_now: bool,
    ) -> Result<WireObject, Stopped> {
        let Awaited { until, beside, within } = awaited;
        let read = Request::get(site.at.clone());
        let (mut object, mut is_new) = (shown, is_shown_now);
        let (started, mut wait) = (Instant::now(), Duration::ZERO);
        loop {
            let has_beside =
                beside.as_ref().is_none_or(|(at, json)| wire::get(&object, at) == Some(json));
            if is_new && has_beside && is_at(&object, until, until.values) {
                return Ok(object);
            }
            let (asked, member, state) = (Asked::of(&read), until.member, state(&object, until));
            if is_new && until.fails.contains(&state.as_str()) {
                let error = match asked {
                    Ok(asked) => ApiError::Failed { asked, member, state },
                    Err(error) => error,
                };
                return Err(Stopped::after_writing(error, object));
            }
            if started.elapsed() >= WORTH_TELLING {
                let wanted = until.values.join(" or ");
                call.log().status(format!("waiting until `{member}` is {wanted} (it is {state})"));
            }
            let pause = match within.filter(|within| started.elapsed() + wait > *within) {
                Some(within) => {
                    asked.and_then(|asked| Err(ApiError::NotYet { asked, member, state, within }))
                }
                None if wait.is_zero() => Ok(()),
                None => call.pause(wait, &read).await.map_err(|stopped| match (stopped, asked) {
                    (ApiError::Deadline { within, .. }, Ok(asked)) => {
                        ApiError::NotYet { asked, member, state, within }
                    }
                    (stopped, _) => stopped,
                }),
            };
            if let Err(stopped) = pause {
                return Err(Stopped::after_writing(stopped, object));
            }
            wait = (wait * 2).clamp(WAITS.0, WAITS.1);
            match self.run(call, &class::read(site, None)).await {
                Ok(live) => (object, is_new) = (live, true),
                // It is there all the same, as it was seen last.
                Err(stopped) => return Err(Stopped::after_writing(stopped.error, object)),
            }
        }
    }
}

fn act_of(site: &Site) -> Option<&'static Act> {
    match site.home.resource.class {
        Class::Collection(of) => of.then,
        _ => None,
    }
}

fn is_wanted(act: &Act, inputs: &Object) -> bool {
    inputs.get(act.row) == Some(&Value::Bool(true))
}

fn is_at(object: &WireObject, until: &Until, states: &[&str]) -> bool {
    states.contains(&state(object, until).as_str())
}

/// The state that the object tells.
fn state(object: &WireObject, until: &Until) -> String {
    match wire::get(object, until.member) {
        Some(Json::String(text)) => text.clone(),
        Some(json) => json.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use pulumi_rs_sdk::error::Error;
    use pulumi_rs_sdk::log::Log;
    use pulumi_rs_sdk::provider::{Context, CreateRequest, Created, Known, UpdateRequest};
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
    )
    .makes("knot", "mast.knot")
    .unless(until("flies", &["true"]));

    const FLAG: Resource = resource("Flag", collection("flags").then(&RAISE)).fields(&[
        optional("name", STRING),
        optional("notes", list(&object_of(&NOTE))).guarded(&guard("name")).unordered(),
        optional("notesVersion", INT).local(),
        optional("quietNotes", list(&object_of(&QUIET)))
            .wire("notes")
            .guarded(&guard("name").sent_with("notesVersion")),
        output("status", STRING),
        optional("up", BOOL).local(),
    ]);

    const NOTE: ObjectType =
        object_type("FlagNote", &[required("name", STRING), required("text", STRING).write_only()]);

    const QUIET: ObjectType = object_type(
        "FlagQuietNote",
        &[required("name", STRING), required("text", STRING).never_stored()],
    );

    const fn object_of(of: &'static ObjectType) -> Kind {
        Kind::Object(of)
    }

    /// A tenant with one flag, which comes to these states, one a look, `?` being none at all; what was asked of it.
    fn tenant(states: &[&'static str], shown: Json) -> (Tenant, Arc<Mutex<Vec<String>>>) {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (told, mut left) = (asked.clone(), states.to_vec());
        left.reverse();
        let left = Mutex::new((left, false));
        let api = answered(move |method, path, body| {
            let path = path.trim_start_matches("/api/v2/");
            let body = if body.is_null() { String::new() } else { format!(" {body}") };
            told.lock().unwrap().push(format!("{method} {path}{body}"));
            let (left, is_up) = &mut *left.lock().unwrap();
            if path.ends_with("/raise") {
                *is_up = true;
                return (200, json!({"knot": "new"}));
            }
            let status = if left.len() > 1 { left.pop() } else { left.last().copied() };
            if status == Some("?") {
                return (404, json!({"statusCode": 404, "error": "Not Found", "message": "no"}));
            }
            let knot = if *is_up { "new" } else { "old" };
            let mut answer = json!({
                "id": "f", "status": status, "flies": *is_up, "mast": {"up": true, "knot": knot}
            });
            answer.as_object_mut().unwrap().extend(shown.as_object().unwrap().clone());
            (200, answer)
        });
        (Tenant::new(api, false), asked)
    }

    fn context() -> Context {
        Context { log: Log::discard(), cancel: CancellationToken::new() }
    }

    /// Makes a flag that comes to these states; what was asked, and what came of it.
    async fn make(inputs: Json, states: &[&'static str]) -> (Result<Created, Error>, Vec<String>) {
        let request = CreateRequest {
            resource: &FLAG,
            token: "t".into(),
            urn: "urn".into(),
            name: "flag".into(),
            inputs: object(inputs),
            defaults: Vec::default(),
            timeout: None,
        };
        let (tenant, asked) = tenant(states, json!({}));
        let made = tenant.create(&context(), request).await;
        let asked = asked.lock().unwrap().clone();
        (made, asked)
    }

    /// Changes a flag that is shown like this.
    async fn change(
        old: Json,
        news: Json,
        states: &[&'static str],
        shown: Json,
    ) -> (Result<Object, Error>, Vec<String>) {
        let request = UpdateRequest {
            resource: &FLAG,
            urn: "urn".into(),
            id: "f".into(),
            old: Known { inputs: object(old.clone()), outputs: object(old) },
            inputs: object(news),
            ignore_changes: Vec::new(),
            timeout: None,
        };
        let (tenant, asked) = tenant(states, shown);
        let changed = tenant.update(&context(), request).await;
        let asked = asked.lock().unwrap().clone();
        (changed, asked)
    }

    #[tokio::test(start_paused = true)]
    async fn what_the_program_wants_is_done_once_the_object_is_ready() {
        let (made, asked) = make(json!({"up": true}), &["cut", "cut", "sewn"]).await;
        assert_eq!(made.unwrap().outputs["status"], "sewn".into());
        let expected =
            ["POST flags {}", "GET flags/f", "GET flags/f", "POST flags/f/raise", "GET flags/f"];
        assert_eq!(asked, expected);
    }

    #[tokio::test(start_paused = true)]
    async fn of_what_it_does_not_want_the_state_is_waited_for_a_little() {
        let (made, asked) = make(json!({"up": false}), &["cut", "sewn"]).await;
        assert_eq!(made.unwrap().outputs["status"], "sewn".into());
        assert_eq!(asked, ["POST flags {}", "GET flags/f"]);
        for states in [["cut", "cut"], ["cut", "torn"], ["cut", "?"]] {
            let begun = Instant::now();
            let (made, _) = make(json!({}), &states).await;
            assert_eq!(made.unwrap().id, "f");
            assert!(begun.elapsed() <= UNWANTED, "{states:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_fails_on_the_way_was_made_all_the_same() {
        struct Case {
            states: &'static [&'static str],
            says: &'static str,
        }
        let cases = [
            Case { states: &["cut", "torn"], says: "`status` has become \"torn\"" },
            Case { states: &["cut", "?"], says: "404" },
            Case { states: &["cut"], says: "`status` is still \"cut\" after 10 minutes" },
        ];
        for case in cases {
            let (made, _) = make(json!({"up": true}), case.states).await;
            let error = made.unwrap_err();
            assert!(error.message.contains(case.says), "{error}");
            assert_eq!(error.created.unwrap().id, "f", "{}", case.says);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_an_earlier_update_has_left_undone_is_done_by_the_next() {
        struct Case {
            up: bool,
            states: &'static [&'static str],
            flies: Json,
            asked: &'static [&'static str],
        }
        let cases = [
            Case {
                up: true,
                states: &["sewn"],
                flies: json!({"flies": true}),
                asked: &["GET flags/f"],
            },
            Case { up: false, states: &["sewn"], flies: json!({}), asked: &["GET flags/f"] },
            Case {
                up: true,
                states: &["sewn"],
                flies: json!({}),
                asked: &["GET flags/f", "POST flags/f/raise", "GET flags/f"],
            },
            Case {
                up: true,
                states: &["torn", "cut", "sewn"],
                flies: json!({}),
                asked: &[
                    "GET flags/f",
                    "PATCH flags/f {\"name\":\"n\"}",
                    "GET flags/f",
                    "POST flags/f/raise",
                    "GET flags/f",
                ],
            },
        ];
        for case in cases {
            let program = json!({"name": "n", "up": case.up});
            let mut shown = json!({"name": "n"});
            shown.as_object_mut().unwrap().extend(case.flies.as_object().unwrap().clone());
            let (changed, asked) = change(program.clone(), program, case.states, shown).await;
            assert_eq!(changed.unwrap()["name"], "n".into());
            assert_eq!(asked, case.asked);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_list_of_secrets_keeps_what_it_was_given_and_takes_nothing_of_others() {
        let mine = json!({"notes": [{"name": "a", "text": "x"}]});
        let news = json!({"notes": [{"name": "a", "text": "y"}, {"name": "b", "text": "z"}]});
        let live = json!({"notes": [{"name": "b"}, {"name": "a"}]});
        // Entries that the new program names are no others.
        let (changed, asked) = change(mine.clone(), news.clone(), &["sewn"], live).await;
        assert_eq!(changed.unwrap()["notes"], object(news.clone())["notes"]);
        assert_eq!(asked.len(), 2, "{asked:?}");
        let live = json!({"notes": [{"name": "a"}, {"name": "theirs"}]});
        let (changed, asked) = change(mine.clone(), news, &["sewn"], live).await;
        let error = changed.unwrap_err();
        assert!(error.message.contains("does not name: theirs"), "{error}");
        assert_eq!(asked, ["GET flags/f"]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_never_stored_is_sent_with_its_version_in_place_of_the_other_form() {
        let quiet =
            |version| json!({"quietNotes": [{"name": "a", "text": "y"}], "notesVersion": version});
        let sent = "PATCH flags/f {\"notes\":[{\"name\":\"a\",\"text\":\"y\"}]}";
        let live = json!({"notes": [{"name": "a"}]});
        for old in [quiet(1), json!({"notes": [{"name": "a", "text": "x"}]})] {
            let (changed, asked) = change(old, quiet(2), &["sewn"], live.clone()).await;
            let outputs = changed.unwrap();
            assert_eq!(
                outputs["quietNotes"],
                object(json!({"q": [{"name": "a", "text": null}]}))["q"]
            );
            assert_eq!(asked, ["GET flags/f", sent]);
        }
        let back = json!({"notes": [{"name": "a", "text": "y"}]});
        let (changed, asked) = change(quiet(1), back, &["sewn"], live).await;
        assert_eq!(changed.unwrap()["notesVersion"], 0.into());
        assert_eq!(asked, ["GET flags/f", sent]);
    }
}

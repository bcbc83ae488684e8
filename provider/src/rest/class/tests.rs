use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::table::rest::{object as object_of, *};
use pulumi_rs_sdk::value::Object;
use serde_json::{Value as Json, json};

use super::*;
use crate::rest::body;
use crate::rest::testing::object;

const HOUSE: &[Field] = &[
    required("house", STRING).replaces(),
    optional("doors", INT).nullable(),
    optional("name", STRING),
];

const ROOM: Resource =
    resource("Room", collection("houses/{house}/rooms").id_form("{house}::{id}")).fields(HOUSE);

const WHOLE_ROOM: Resource =
    resource("WholeRoom", collection("houses/{house}/rooms").put().id_form("{house}::{id}"))
        .fields(HOUSE);

const ROOF: Resource =
    resource("Roof", one("houses/{house}/roof").id_form("{house}")).fields(HOUSE);

const CELLAR: Resource =
    resource("Cellar", one("houses/{house}/cellar").id_form("{house}").sends_all()).fields(HOUSE);

const STREET: Resource = resource("Street", singleton("street").stays("the street stays"))
    .fields(&[optional("doors", INT).nullable(), optional("name", STRING)]);

const ECHO: Resource =
    resource("Echo", singleton("street").id_form("street").emptied_by(r#"{"name":""}"#).echoes())
        .fields(&[optional("doors", INT).nullable(), optional("name", STRING)]);

const TEXT: Resource =
    resource("Text", document("texts/{house}").id_form("{house}").body("body").emptied_by("{}"))
        .fields(&[required("house", STRING).replaces(), required("body", STRING).json()]);

const LETTER: Resource = resource(
    "Letter",
    document("letters/{house}").patch().id_form("{house}").made_by_post("letters").deleted(),
)
.fields(HOUSE);

const CLIMATE: Resource = resource(
    "Climate",
    parts(&[
        part("climate/heat").of("heat").members(&["on"]).put().emptied_by(r#"{"on":false}"#),
        part("climate/heat/times").of("heat").echoes(),
        part("climate/light").of("light").may_be_denied("no_light"),
    ]),
)
.fields(&[optional("heat", object_of(&HEAT)), optional("light", object_of(&LIGHT))]);

const AIR: Resource = resource(
    "Air",
    parts(&[part("air/light").of("light"), part("air/heat").of("heat")]).read_whole(),
)
.fields(&[computed("heat", object_of(&HEAT)), computed("light", object_of(&LIGHT))]);

const HEAT: ObjectType =
    object_type("Heat", &[optional("from", INT), optional("on", BOOL), optional("to", INT)]);

/// Of a door that has an alarm, the sound counts; nobody can read its key, and an old alarm may not be shown.
const ALARM: Resource = resource(
    "Alarm",
    parts(&[
        part("alarms/door").of("door").put().listed("alarms", "door").emptied_by(r#"{"on":false}"#),
        part("alarms/door/sound").of("door.sound").put().when("door.on", &["true"]),
        part("alarms/door/key").of("door.key").put().never_read().when("door.on", &["true"]),
        part("alarms/door/old").of("door.old").put().when("door.on", &["true"]).may_be_hidden(),
    ]),
)
.fields(&[computed("door", object_of(&DOOR))]);

const DOOR: ObjectType = object_type(
    "Door",
    &[
        optional("code", STRING).wire("key.code").when("on", &["true"]).write_only(),
        optional("model", STRING).wire("old.model").when("on", &["true"]),
        required("on", BOOL),
        optional("volume", INT).wire("sound.volume").when("on", &["true"]),
    ],
);

const LIGHT: ObjectType = object_type("Light", &[optional("color", STRING)]);

const GUESTS: Entries = entries("houses/{house}/guests", &["name"]).added_under("guests");

const GUEST: Resource = resource("Guest", member(&GUESTS).id_form("{house}::{name}")).fields(&[
    required("house", STRING).replaces(),
    required("name", STRING).replaces(),
    optional("note", STRING),
]);

const NEIGHBOURS: Entries =
    entries("houses/{house}/neighbours", &["name"]).tells_of("houses/{house}", &["color"]);

const NEIGHBOUR: Resource = resource("Neighbour", member(&NEIGHBOURS).id_form("{house}::{name}"))
    .fields(&[
        output("color", STRING),
        required("house", STRING).replaces(),
        required("name", STRING).replaces(),
        optional("note", STRING),
    ]);

const PARTY: Resource = resource("Party", members(&GUESTS, "guests").id_form("{house}"))
    .fields(&[required("guests", STRINGS).unordered(), required("house", STRING).replaces()]);

const CLOSED_PARTY: Resource =
    resource("ClosedParty", members(&GUESTS, "guests").id_form("{house}").others(Others::Go))
        .fields(&[required("guests", STRINGS), required("house", STRING).replaces()]);

const PLACED_PARTY: Resource =
    resource("PlacedParty", members(&GUESTS, "guests").id_form("{house}")).fields(&[
        required("guests", list(&object_of(&PLACE))),
        required("house", STRING).replaces(),
    ]);

const PLACE: ObjectType = object_type(
    "Place",
    &[
        computed("isWelcome", BOOL).server_default(Literal::Bool(true)),
        required("name", STRING),
        optional("note", STRING),
        optional("table", INT).nullable(),
    ],
);

/// What is done with a resource from its making to its end, a plan a line.
fn life(resource: &'static Resource, id: &str, inputs: Json, news: Json) -> Vec<String> {
    let (inputs, news) = (object(inputs), object(news));
    let home = Home::of(resource, &inputs).unwrap();
    let site = Site::of_id(resource, id, Some(&inputs)).unwrap();
    let old = Known { inputs: inputs.clone(), outputs: inputs.clone() };
    let changes = body::update(resource, &old, &news, &[]);
    let plans = [
        make(&home, &inputs),
        read(&site, Some(&old)),
        change(&site, changes),
        remove(&site, &old),
    ];
    plans.iter().map(Plan::to_string).collect()
}

struct Case {
    resource: &'static Resource,
    id: &'static str,
    given: Json,
    news: Json,
    life: [&'static str; 4],
}

fn cases_of_parts_and_lists() -> [Case; 10] {
    let guests = |names: &[&str]| json!({"house": "h", "guests": names});
    [
        Case {
            resource: &CLIMATE,
            id: "any",
            given: json!({"heat": {"on": true, "from": 6}}),
            news: json!({"heat": {"on": true, "from": 7}}),
            life: [
                "Sets PUT climate/heat {\"on\":true} -> heat\n\
                 Sets PATCH climate/heat/times {\"from\":6}\nAsks GET climate/heat/times -> heat",
                "Asks GET climate/heat -> heat\nAsks GET climate/heat/times -> heat",
                "Sets PATCH climate/heat/times {\"from\":7}\nAsks GET climate/heat/times -> heat\n\
                 Asks GET climate/heat -> heat",
                r#"Sets PUT climate/heat {"on":false} or gone"#,
            ],
        },
        // What is known of it is written and read, and shown as a whole.
        Case {
            resource: &ALARM,
            id: "any",
            given: json!({"door": {"on": true, "volume": 3}}),
            news: json!({"door": {"on": true, "volume": 4}}),
            life: [
                "Sets PUT alarms/door {\"on\":true} -> door\n\
                 Sets PUT alarms/door/sound {\"volume\":3} -> door.sound",
                "Asks GET alarms -> by name\nAsks GET alarms/door/sound -> door.sound when door.on is true",
                "Sets PUT alarms/door/sound {\"volume\":4} -> door.sound\nAsks GET alarms -> by name",
                r#"Sets PUT alarms/door {"on":false} or gone"#,
            ],
        },
        // What may be hidden is read where the program gives it.
        Case {
            resource: &ALARM,
            id: "any",
            given: json!({"door": {"on": true, "model": "m"}}),
            news: json!({"door": {"on": true, "model": "m", "code": "c"}}),
            life: [
                "Sets PUT alarms/door {\"on\":true} -> door\n\
                 Sets PUT alarms/door/old {\"model\":\"m\"} -> door.old\n\
                 Asks GET alarms/door/sound -> door.sound",
                "Asks GET alarms -> by name\nAsks GET alarms/door/sound -> door.sound when door.on is true\n\
                 Asks GET alarms/door/old -> door.old when door.on is true",
                "Sets PUT alarms/door/key {\"code\":\"c\"}\nAsks GET alarms -> by name\n\
                 Asks GET alarms/door/sound -> door.sound\nAsks GET alarms/door/old -> door.old",
                r#"Sets PUT alarms/door {"on":false} or gone"#,
            ],
        },
        // Of what is off, nothing else is written.
        Case {
            resource: &ALARM,
            id: "any",
            given: json!({"door": {"on": true, "volume": 3}}),
            news: json!({"door": {"on": false, "volume": 4}}),
            life: [
                "Sets PUT alarms/door {\"on\":true} -> door\n\
                 Sets PUT alarms/door/sound {\"volume\":3} -> door.sound",
                "Asks GET alarms -> by name\nAsks GET alarms/door/sound -> door.sound when door.on is true",
                r#"Sets PUT alarms/door {"on":false} -> door"#,
                r#"Sets PUT alarms/door {"on":false} or gone"#,
            ],
        },
        Case {
            resource: &AIR,
            id: "any",
            given: json!({"heat": {"on": true}}),
            news: json!({"heat": {"on": false}}),
            life: [
                "Asks GET air/light -> light\nSets PATCH air/heat {\"on\":true} -> heat",
                "Asks GET air/heat -> heat",
                r#"Sets PATCH air/heat {"on":false} -> heat"#,
                "",
            ],
        },
        Case {
            resource: &GUEST,
            id: "h::ann",
            given: json!({"house": "h", "name": "ann"}),
            news: json!({"house": "h", "name": "ann", "note": "late"}),
            life: [
                r#"houses/h/guests puts [{"name":"ann"}] takes [] -> ann"#,
                "houses/h/guests reads -> ann",
                r#"houses/h/guests puts [{"name":"ann","note":"late"}] takes [] -> ann"#,
                r#"houses/h/guests puts [] takes ["ann"]"#,
            ],
        },
        // What is told of the parent is asked for beside.
        Case {
            resource: &NEIGHBOUR,
            id: "h::ann",
            given: json!({"house": "h", "name": "ann"}),
            news: json!({"house": "h", "name": "ann", "note": "late"}),
            life: [
                "houses/h/neighbours puts [{\"name\":\"ann\"}] takes [] -> ann\n\
                 Asks GET houses/h -> color",
                "houses/h/neighbours reads -> ann\nAsks GET houses/h -> color",
                "houses/h/neighbours puts [{\"name\":\"ann\",\"note\":\"late\"}] takes [] -> ann\n\
                 Asks GET houses/h -> color",
                r#"houses/h/neighbours puts [] takes ["ann"]"#,
            ],
        },
        Case {
            resource: &PARTY,
            id: "h",
            given: guests(&["ann", "bob"]),
            news: guests(&["bob", "cat"]),
            life: [
                r#"houses/h/guests puts [{"name":"ann"},{"name":"bob"}] takes [] -> guests (keys)"#,
                "houses/h/guests reads -> guests (keys)",
                r#"houses/h/guests puts [{"name":"cat"}] takes ["ann"] -> guests (keys)"#,
                r#"houses/h/guests puts [] takes ["ann","bob"]"#,
            ],
        },
        // What leaves an entry is cleared as its row says, or not at all.
        Case {
            resource: &PLACED_PARTY,
            id: "h",
            given: json!({"house": "h", "guests":
                [{"name": "ann", "note": "late", "table": 1, "isWelcome": true}]}),
            news: json!({"house": "h", "guests": [{"name": "ann"}]}),
            life: [
                "houses/h/guests puts [{\"is_welcome\":true,\"name\":\"ann\",\"note\":\"late\",\"table\":1}] \
                 takes [] -> guests",
                "houses/h/guests reads -> guests",
                r#"houses/h/guests puts [{"name":"ann","note":"","table":null}] takes [] -> guests"#,
                r#"houses/h/guests puts [] takes ["ann"]"#,
            ],
        },
        Case {
            resource: &CLOSED_PARTY,
            id: "h",
            given: guests(&["ann"]),
            news: guests(&["bob", "ann"]),
            life: [
                r#"houses/h/guests puts alone [{"name":"ann"}] takes [] -> guests (keys)"#,
                "houses/h/guests reads -> guests (keys)",
                "houses/h/guests puts alone [{\"name\":\"bob\"},{\"name\":\"ann\"}] takes [] \
                 -> guests (keys)",
                r#"houses/h/guests puts [] takes ["ann"]"#,
            ],
        },
    ]
}

#[test]
fn each_class_has_its_way() {
    let house = || json!({"house": "h", "doors": 2, "name": "n"});
    let renamed = || json!({"house": "h", "doors": 2, "name": "m"});
    let cases = [
        Case {
            resource: &ROOM,
            id: "h::r",
            given: house(),
            news: renamed(),
            life: [
                r#"Makes POST houses/h/rooms {"doors":2,"name":"n"} -> members"#,
                "Asks GET houses/h/rooms/r -> members",
                r#"Sets PATCH houses/h/rooms/r {"name":"m"} -> members"#,
                "Sets DELETE houses/h/rooms/r or gone",
            ],
        },
        Case {
            resource: &WHOLE_ROOM,
            id: "h::r",
            given: house(),
            news: renamed(),
            life: [
                r#"Makes POST houses/h/rooms {"doors":2,"name":"n"} -> members"#,
                "Asks GET houses/h/rooms/r -> members",
                r#"Sets PUT houses/h/rooms/r {"doors":2,"name":"m"} -> members"#,
                "Sets DELETE houses/h/rooms/r or gone",
            ],
        },
        Case {
            resource: &ROOF,
            id: "h",
            given: house(),
            news: renamed(),
            life: [
                r#"Makes POST houses/h/roof {"doors":2,"name":"n"} -> members"#,
                "Asks GET houses/h/roof -> members",
                r#"Sets PATCH houses/h/roof {"name":"m"} -> members"#,
                "Sets DELETE houses/h/roof or gone",
            ],
        },
        Case {
            resource: &CELLAR,
            id: "h",
            given: house(),
            news: renamed(),
            life: [
                r#"Makes POST houses/h/cellar {"doors":2,"name":"n"} -> members"#,
                "Asks GET houses/h/cellar -> members",
                r#"Sets PATCH houses/h/cellar {"doors":2,"name":"m"} -> members"#,
                "Sets DELETE houses/h/cellar or gone",
            ],
        },
        Case {
            resource: &STREET,
            id: "any",
            given: json!({"doors": 2}),
            news: json!({}),
            life: [
                r#"Sets PATCH street {"doors":2} -> members"#,
                "Asks GET street -> members",
                r#"Sets PATCH street {"doors":null} -> members"#,
                "",
            ],
        },
        Case {
            resource: &ECHO,
            id: "street",
            given: json!({"name": "n"}),
            news: json!({"name": "m"}),
            life: [
                "Sets PATCH street {\"name\":\"n\"}\nAsks GET street -> members",
                "Asks GET street -> members",
                "Sets PATCH street {\"name\":\"m\"}\nAsks GET street -> members",
                r#"Sets PATCH street {"name":""} or gone"#,
            ],
        },
        Case {
            resource: &TEXT,
            id: "h",
            given: json!({"house": "h", "body": "{\"a\": 1}"}),
            news: json!({"house": "h", "body": "{\"a\": 2}"}),
            life: [
                r#"Sets PUT texts/h {"a":1} -> body"#,
                "Asks GET texts/h -> body",
                r#"Sets PUT texts/h {"a":2} -> body"#,
                "Sets PUT texts/h {} or gone",
            ],
        },
        Case {
            resource: &LETTER,
            id: "h",
            given: json!({"house": "h", "name": "n"}),
            news: json!({"house": "h", "name": "m"}),
            life: [
                "Sets PATCH letters/h {\"name\":\"n\"} else Makes POST letters \
                 {\"house\":\"h\",\"name\":\"n\"} -> members",
                "Asks GET letters/h -> members",
                r#"Sets PATCH letters/h {"name":"m"} -> members"#,
                "Sets DELETE letters/h or gone",
            ],
        },
    ];
    for case in cases.into_iter().chain(cases_of_parts_and_lists()) {
        assert_eq!(
            life(case.resource, case.id, case.given, case.news),
            case.life,
            "{}",
            case.resource.name
        );
    }
}

#[test]
fn only_what_a_create_makes_can_be_undone() {
    let makes = |resource: &'static Resource| {
        let inputs = object(json!({"house": "h", "body": "{}"}));
        make(&Home::of(resource, &inputs).unwrap(), &inputs).makes()
    };
    assert!(makes(&ROOM) && makes(&ROOF) && makes(&LETTER));
    assert!(!makes(&STREET) && !makes(&ECHO) && !makes(&TEXT));
}

#[test]
fn what_stays_says_so() {
    let site = |resource: &'static Resource| Home::of(resource, &Object::new()).unwrap().alone();
    assert_eq!(stays(&site(&STREET)), Some("the street stays"));
    assert_eq!(stays(&site(&ECHO)), None);
}

#[test]
fn an_import_reads_every_part() {
    let site = Home::of(&CLIMATE, &Object::new()).unwrap().alone();
    assert_eq!(read(&site, None).to_string().lines().count(), 3);
}

#[test]
fn what_shows_all_of_it_only_when_asked_for_is_asked_with_that() {
    const CHEST: Resource = resource("Chest", one("chest").asked_with(&[("fields", "lid,lock")]));
    let site = Home::of(&CHEST, &Object::new()).unwrap().alone();
    let Plan::Steps(steps) = read(&site, None) else { panic!("it is no list") };
    assert_eq!(steps.steps[0].request.query, [("fields".to_owned(), "lid,lock".to_owned())]);
}

mod of_parts {
    use std::sync::{Arc, Mutex};

    use pulumi_rs_sdk::error::Error;
    use pulumi_rs_sdk::log::{Log, LogMessage, LogSink};
    use pulumi_rs_sdk::provider::{Context, CreateRequest, Created};
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::api::answered::answered;
    use crate::rest::Tenant;

    #[derive(Default)]
    struct Heard(Mutex<Vec<String>>);

    impl LogSink for Heard {
        fn log(&self, message: LogMessage) {
            self.0.lock().unwrap().push(message.text);
        }
    }

    /// Makes a climate of which the API refuses one path with this status and code.
    async fn make(
        refused: &'static str,
        status: u16,
        code: &'static str,
    ) -> (Result<Created, Error>, Vec<String>) {
        let api = answered(move |_, path, body| match path.ends_with(refused) {
            true => {
                let said = json!({"statusCode": status, "error": "No", "message": "not here", "errorCode": code});
                (status, said)
            }
            false => (200, if body.is_null() { json!({}) } else { body }),
        });
        let request = CreateRequest {
            resource: &CLIMATE,
            token: "t".into(),
            urn: "urn".into(),
            name: "climate".into(),
            inputs: object(json!({"heat": {"on": true, "from": 6}, "light": {"color": "red"}})),
            defaults: Vec::default(),
            timeout: None,
        };
        let heard = Arc::new(Heard::default());
        let log = Log::new(heard.clone(), "urn");
        let context = Context { log, cancel: CancellationToken::new() };
        let made = Tenant::new(api, false).create(&context, request).await;
        let heard = heard.0.lock().unwrap().clone();
        (made, heard)
    }

    #[tokio::test(start_paused = true)]
    async fn what_one_part_fails_for_keeps_the_others_from_nothing() {
        let (made, _) = make("/heat", 400, "").await;
        let error = made.unwrap_err();
        assert!(error.message.contains("PUT /api/v2/climate/heat"), "{error}");
        let created = error.created.unwrap();
        assert_eq!(created.outputs["light"], object(json!({"color": "red"})).into());
    }

    #[tokio::test(start_paused = true)]
    async fn a_part_that_the_plan_does_not_have_is_a_warning() {
        let (made, heard) = make("/light", 403, "no_light").await;
        assert_eq!(made.unwrap().outputs["light"], pulumi_rs_sdk::value::Value::Null);
        assert!(heard.iter().any(|text| text.contains("climate/light")), "{heard:?}");
        let (made, _) = make("/light", 403, "other").await;
        assert!(made.is_err());
    }
}

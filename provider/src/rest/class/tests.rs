use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::table::rest::*;
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

#[test]
fn each_class_has_its_way() {
    struct Case {
        resource: &'static Resource,
        id: &'static str,
        given: Json,
        news: Json,
        life: [&'static str; 4],
    }
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
    for case in cases {
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

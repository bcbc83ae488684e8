//! What Check makes of good and bad inputs.

use super::*;
use crate::fixture::{PACKAGE, WIDGET, object_of};
use crate::table::{ObjectType, Resource, STRING, STRING_MAP, list, object, object_type};
use crate::table::{optional, required, resource};
use crate::value::{Object, Value};

fn run(news: &str, olds: &str, autonaming: Option<Autonaming>) -> Checked {
    let olds = object_of(olds);
    let context = CheckContext { name: "w", olds: &olds, seed: &[0x5a; 32], autonaming };
    check(&WIDGET, &object_of(news), &context)
}

fn texts(checked: &Checked) -> Vec<String> {
    checked.failures.iter().map(|f| format!("{}: {}", f.property, f.reason)).collect()
}

#[test]
fn defaults_are_filled_in_and_listed_at_every_level() {
    let checked = run(r#"{"owner": "me", "block": {"mode": "m"}, "steps": null}"#, "{}", None);
    assert_eq!(texts(&checked), Vec::<String>::new());
    assert_eq!(
        checked.inputs,
        object_of(
            r#"{"__defaults": ["description", "name"], "description": "made here",
                "name": "w-5a5a5a5", "owner": "me",
                "block": {"__defaults": ["note"], "mode": "m", "note": "none"}}"#
        )
    );
}

#[test]
fn no_default_is_filled_in_where_the_state_has_none() {
    struct Case {
        news: &'static str,
        olds: &'static str,
        filled: &'static [&'static str],
    }
    let block = r#"{"owner": "me", "name": "w", "block": {"mode": "m"}}"#;
    let cases = [
        Case { news: block, olds: "{}", filled: &["description", "block.note"] },
        // Imported, without what a create would have been given.
        Case { news: block, olds: block, filled: &[] },
        Case { news: block, olds: r#"{"owner": "me", "name": "w"}"#, filled: &["block.note"] },
        Case {
            news: block,
            olds: r#"{"description": "mine", "block": {"mode": "m", "note": "n"}}"#,
            filled: &["description", "block.note"],
        },
    ];
    for case in cases {
        let checked = run(case.news, case.olds, None);
        assert_eq!(texts(&checked), Vec::<String>::new());
        let note = checked.inputs["block"].as_object().unwrap().contains_key("note");
        let filled: Vec<&str> =
            [("description", checked.inputs.contains_key("description")), ("block.note", note)]
                .into_iter()
                .filter(|(_, filled)| *filled)
                .map(|(name, _)| name)
                .collect();
        assert_eq!(filled, case.filled, "{}", case.olds);
    }
}

#[test]
fn a_name_comes_from_the_program_the_state_the_engine_or_the_seed() {
    struct Case {
        news: &'static str,
        olds: &'static str,
        autonaming: Option<Autonaming>,
        name: &'static str,
    }
    let given = r#"{"owner": "me", "name": "mine"}"#;
    let none = r#"{"owner": "me"}"#;
    let old = r#"{"name": "w-0000000"}"#;
    let propose = || Some(Autonaming::Propose("p".into()));
    let cases = [
        Case { news: given, olds: old, autonaming: propose(), name: "mine" },
        Case { news: none, olds: old, autonaming: propose(), name: "w-0000000" },
        Case { news: none, olds: "{}", autonaming: propose(), name: "p" },
        Case {
            news: none,
            olds: "{}",
            autonaming: Some(Autonaming::Enforce("e".into())),
            name: "e",
        },
        Case { news: none, olds: "{}", autonaming: None, name: "w-5a5a5a5" },
        Case { news: given, olds: "{}", autonaming: Some(Autonaming::Disable), name: "mine" },
    ];
    for case in cases {
        let checked = run(case.news, case.olds, case.autonaming);
        assert_eq!(checked.inputs["name"], case.name.into(), "{} {}", case.news, case.olds);
    }
    let checked = run(none, "{}", Some(Autonaming::Disable));
    assert_eq!(texts(&checked), ["name: missing, and automatic names are switched off: give one"]);
}

#[test]
fn every_mistake_is_reported_with_its_path() {
    let checked = run(
        r#"{"block": {"mode": {}, "secnds": 3}, "colors": ["red", "blue", 7], "createdBy": "me",
            "labels": {"a.b": []}, "name": "", "nonsense": 1, "ownr": "me", "rules": "{",
            "size": 11, "steps": {}, "url": "http://x"}"#,
        "{}",
        None,
    );
    assert_eq!(
        texts(&checked),
        [
            "block.mode: expected a string, got an object",
            "block.secnds: unknown property: did you mean `seconds`?",
            r#"colors[1]: expected one of "red", "green", got "blue""#,
            r#"colors[2]: expected one of "red", "green", got "7""#,
            "createdBy: only the server sets this property: leave it out",
            r#"labels["a.b"]: expected a string, got a list"#,
            "name: must not be empty",
            "nonsense: unknown property: this resource does not have it",
            "ownr: unknown property: did you mean `owner`?",
            "rules: expected JSON in the text: EOF while parsing an object at line 1 column 1",
            "size: expected a number from 1 to 10, got 11",
            "steps: expected a list of strings, got an object",
            r#"url: expected an address that begins with https://, got "http://x""#,
            "owner: missing: this property is required",
        ]
    );
}

#[test]
fn a_name_that_is_cut_lengthened_or_abbreviated_is_understood() {
    struct Case {
        given: &'static str,
        says: &'static str,
    }
    let cases = [
        Case { given: "desc", says: "did you mean `description`?" },
        Case { given: "DESC", says: "did you mean `description`?" },
        Case { given: "ownership", says: "did you mean `owner`?" },
        Case { given: "dscrptn", says: "did you mean `description`?" },
        // Too little to guess by: another first letter, another order, two letters.
        Case { given: "scrptn", says: "this resource does not have it" },
        Case { given: "dnoitp", says: "this resource does not have it" },
        Case { given: "zz", says: "this resource does not have it" },
    ];
    for Case { given, says } in cases {
        let checked = run(&format!(r#"{{"owner": "me", "{given}": "x"}}"#), "{}", None);
        assert_eq!(texts(&checked), [format!("{given}: unknown property: {says}")]);
    }
}

#[test]
fn unknowns_survive_and_break_no_rule() {
    let news = r#"{"owner": "?", "size": "?", "colors": ["?"], "block": "?", "name": "?"}"#;
    let checked = run(news, "{}", None);
    assert_eq!(texts(&checked), Vec::<String>::new());
    assert_eq!(checked.inputs["colors"], Value::Array(vec![Value::Unknown]));
    assert_eq!(checked.inputs["block"], Value::Unknown);
}

#[test]
fn scalars_take_the_kind_of_their_row_and_one_makes_a_list() {
    let checked = run(r#"{"owner": 7, "size": "3", "steps": "one"}"#, "{}", None);
    assert_eq!(checked.inputs["owner"], "7".into());
    assert_eq!(checked.inputs["size"], 3.into());
    assert_eq!(checked.inputs["steps"], Value::from(vec!["one"]));
}

const DRAWER: ObjectType =
    object_type("Drawer", &[required("label", STRING).doc("What is in it.")]);

const DRESSER: Resource = resource("Dresser").doc("A thing with drawers.").fields(&[
    required("base", object(&DRAWER)).doc("The lowest drawer."),
    optional("drawers", list(&object(&DRAWER))).doc("The others."),
    optional("labels", list(&STRING_MAP)).doc("What it says on them."),
    optional("lid", object(&DRAWER)).doc("The topmost drawer."),
]);

#[test]
fn one_object_makes_a_list_and_an_empty_list_is_no_object() {
    let run = |news: &str| {
        let olds = Object::new();
        let context = CheckContext { name: "d", olds: &olds, seed: &[], autonaming: None };
        check(&DRESSER, &object_of(news), &context)
    };
    let checked = run(
        r#"{"base": {"label": "a"}, "drawers": {"label": "b"}, "labels": {"k": "v"}, "lid": []}"#,
    );
    assert_eq!(texts(&checked), Vec::<String>::new());
    let expected = r#"{"__defaults": [], "base": {"__defaults": [], "label": "a"},
                       "drawers": [{"__defaults": [], "label": "b"}], "labels": [{"k": "v"}],
                       "lid": null}"#;
    assert_eq!(checked.inputs, object_of(expected));
    let nothing = run(r#"{"base": []}"#);
    assert_eq!(texts(&nothing), Vec::<String>::new());
    let full = run(r#"{"base": [{"label": "a"}]}"#);
    assert_eq!(texts(&full)[0], "base: expected an object, got a list");
}

#[test]
fn what_the_api_takes_on_create_only_cannot_change() {
    let changed = run(r#"{"owner": "me", "wish": "b"}"#, r#"{"owner": "me", "wish": "a"}"#, None);
    assert_eq!(texts(&changed).len(), 1, "{:?}", texts(&changed));
    assert!(texts(&changed)[0].starts_with("wish: cannot be changed"));
    let same = run(r#"{"owner": "me", "wish": "a"}"#, r#"{"owner": "me", "wish": "a"}"#, None);
    assert_eq!(texts(&same), Vec::<String>::new());
}

#[test]
fn checking_twice_changes_nothing() {
    let once = run(r#"{"owner": "me", "steps": "one"}"#, "{}", None).inputs;
    let context = CheckContext { name: "w", olds: &once, seed: &[1; 32], autonaming: None };
    let named = {
        let mut inputs = once.clone();
        inputs.remove("name");
        inputs.remove("description");
        inputs
    };
    assert_eq!(check(&WIDGET, &named, &context).inputs, once);
}

#[test]
fn the_engines_own_configuration_keys_stay() {
    let given = object_of(r#"{"version": "1.0.0", "__internal": {}, "domian": "x", "token": "t"}"#);
    let checked = check_config(&PACKAGE, &given);
    assert_eq!(texts(&checked), ["domian: unknown property: did you mean `domain`?"]);
    assert!(checked.inputs.contains_key("version") && checked.inputs.contains_key("__internal"));
}

//! What is a change and what is not.

use super::*;
use crate::fixture::{LAMP, WIDGET, known, object_of};

fn text(diff: &Diff) -> String {
    let changes = diff.changes.iter().map(|change| {
        let sign = match change.kind {
            ChangeKind::Add => "+",
            ChangeKind::Update => "~",
            ChangeKind::Delete => "-",
        };
        format!("{sign}{}{}", change.path, if change.replaces { "!" } else { "" })
    });
    changes.collect::<Vec<_>>().join(" ")
}

struct Case {
    inputs: &'static str,
    outputs: &'static str,
    news: &'static str,
    diff: &'static str,
}

fn check_cases(cases: &[Case]) {
    for case in cases {
        let old = known(case.inputs, case.outputs);
        let diff = diff(&WIDGET, &old, &object_of(case.news), &[]);
        assert_eq!(text(&diff), case.diff, "{} | {} -> {}", case.inputs, case.outputs, case.news);
    }
}

#[test]
fn absence_and_zero_values_are_the_same() {
    check_cases(&[
        Case { inputs: "{}", outputs: r#"{"steps": null}"#, news: r#"{"steps": []}"#, diff: "" },
        Case { inputs: "{}", outputs: r#"{"url": ""}"#, news: "{}", diff: "" },
        Case { inputs: "{}", outputs: "{}", news: r#"{"labels": {}, "url": ""}"#, diff: "" },
        Case {
            inputs: "{}",
            outputs: r#"{"off": {"disable": true, "to": []}, "prompt": "null"}"#,
            news: r#"{"off": {"disable": true}, "prompt": ""}"#,
            diff: "",
        },
        Case {
            inputs: r#"{"off": {"__defaults": []}}"#,
            outputs: r#"{"off": {"disable": true}}"#,
            news: "{}",
            diff: "",
        },
    ]);
}

#[test]
fn the_zero_value_of_what_is_required_is_a_value() {
    let owner = |text: &str| format!(r#"{{"owner": "{text}"}}"#);
    let (none, some) = (owner(""), owner("me"));
    for (old, new, changes) in
        [(&none, &none, ""), (&some, &none, "~owner!"), (&none, &some, "~owner!")]
    {
        let diff = diff(&WIDGET, &known(old, old), &object_of(new), &[]);
        assert_eq!(text(&diff), changes, "{old} -> {new}");
    }
}

#[test]
fn what_only_the_server_has_is_no_change() {
    check_cases(&[
        Case {
            inputs: r#"{"owner": "me"}"#,
            outputs: r#"{"owner": "me", "url": "https://dashboard", "steps": ["x"], "size": 7}"#,
            news: r#"{"owner": "me"}"#,
            diff: "",
        },
        Case {
            inputs: r#"{"labels": {"a": "1"}}"#,
            outputs: r#"{"labels": {"a": "1", "dashboard": "2"}}"#,
            news: r#"{"labels": {"a": "1"}}"#,
            diff: "",
        },
        Case { inputs: "{}", outputs: r#"{"size": 7}"#, news: r#"{"size": 7}"#, diff: "" },
    ]);
}

#[test]
fn what_leaves_the_program_is_a_deletion_where_it_can_be_cleared() {
    check_cases(&[
        Case {
            inputs: r#"{"url": "https://x", "steps": ["a"]}"#,
            outputs: r#"{"url": "https://x", "steps": ["a"]}"#,
            news: r#"{"steps": null}"#,
            diff: "-steps -url",
        },
        Case {
            inputs: r#"{"alias": "x", "size": 3}"#,
            outputs: r#"{"alias": "x", "size": 3}"#,
            news: "{}",
            diff: "",
        },
        Case {
            inputs: r#"{"__defaults": ["description"], "description": "made here"}"#,
            outputs: r#"{"description": "made here"}"#,
            news: "{}",
            diff: "",
        },
        Case {
            inputs: r#"{"labels": {"a": "1", "b": "2"}}"#,
            outputs: r#"{"labels": {"a": "1", "b": "2", "c": "3"}}"#,
            news: r#"{"labels": {"a": "1"}}"#,
            diff: "-labels.b",
        },
        Case {
            inputs: r#"{"password": "x"}"#,
            outputs: r#"{"password": ""}"#,
            news: "{}",
            diff: "-password",
        },
    ]);
}

#[test]
fn what_leaves_the_program_and_cannot_be_cleared_is_told() {
    struct Case {
        old: &'static str,
        news: &'static str,
        stays: &'static [&'static str],
    }
    let cases = [
        Case {
            old: r#"{"alias": "x", "size": 3, "url": "https://x"}"#,
            news: "{}",
            stays: &["alias", "size"],
        },
        Case {
            old: r#"{"block": {"mode": "m", "seconds": 3}}"#,
            news: "{}",
            stays: &["block.seconds"],
        },
        Case {
            old: r#"{"block": {"seconds": 3}}"#,
            news: r#"{"block": {"mode": "m"}}"#,
            stays: &["block.seconds"],
        },
        Case { old: r#"{"alias": "x"}"#, news: r#"{"alias": "y"}"#, stays: &[] },
        Case { old: r#"{"alias": ""}"#, news: "{}", stays: &[] },
    ];
    for case in cases {
        let diff = diff(&WIDGET, &known(case.old, case.old), &object_of(case.news), &[]);
        let stays: Vec<String> = diff.stays.iter().map(|stay| stay.path.to_string()).collect();
        assert_eq!(stays, case.stays, "{} -> {}", case.old, case.news);
    }
    let old = known(r#"{"alias": "x"}"#, r#"{"alias": "x"}"#);
    assert_eq!(diff(&WIDGET, &old, &object_of("{}"), &["alias".into()]).stays, []);
}

#[test]
fn values_lists_and_blocks_change_at_their_path() {
    check_cases(&[
        Case {
            inputs: r#"{"steps": ["a", "b"], "colors": ["red", "green"]}"#,
            outputs: r#"{"steps": ["a", "b"], "colors": ["green", "red"]}"#,
            news: r#"{"steps": ["b", "a"], "colors": ["red", "green"]}"#,
            diff: "~steps[0] ~steps[1]",
        },
        Case {
            inputs: "{}",
            outputs: r#"{"block": {"mode": "m", "seconds": 5, "note": ""}}"#,
            news: r#"{"block": {"mode": "n", "seconds": 5, "note": "x"}}"#,
            diff: "~block.mode +block.note",
        },
        Case {
            inputs: r#"{"password": "a"}"#,
            outputs: r#"{"password": ""}"#,
            news: r#"{"password": "b"}"#,
            diff: "~password",
        },
        Case {
            inputs: r#"{"rules": "{}"}"#,
            outputs: r#"{"rules": "{\"a\":1,\"b\":2}"}"#,
            news: r#"{"rules": "{ \"b\": 2, \"a\": 1 }"}"#,
            diff: "",
        },
        Case {
            inputs: r#"{"off": {"disable": true}}"#,
            outputs: r#"{"off": {"disable": true, "to": []}}"#,
            news: r#"{"off": {"to": ["a"]}}"#,
            diff: "-off.disable +off.to[0]",
        },
    ]);
}

#[test]
fn a_switch_that_holds_nothing_is_not_the_same_as_none() {
    struct Case {
        old: &'static str,
        news: &'static str,
        diff: &'static str,
    }
    let cases = [
        Case { old: "{}", news: r#"{"bare": {}}"#, diff: "+bare" },
        Case { old: "{}", news: r#"{"plain": {}}"#, diff: "" },
        Case { old: "{}", news: r#"{"switches": {}}"#, diff: "" },
        Case { old: "{}", news: r#"{"switches": {"bare": {}}}"#, diff: "+switches.bare" },
        Case { old: "{}", news: r#"{"switches": {"full": {}}}"#, diff: "+switches.full" },
        Case {
            old: r#"{"switches": {"full": {}}}"#,
            news: r#"{"switches": {"full": {"text": ""}}}"#,
            diff: "",
        },
        Case {
            old: r#"{"switches": {"full": {}}}"#,
            news: r#"{"switches": {}}"#,
            diff: "-switches.full",
        },
        Case { old: r#"{"switches": {"full": {}}}"#, news: "{}", diff: "-switches" },
        Case { old: r#"{"switches": {"bare": {}}}"#, news: "{}", diff: "-switches" },
    ];
    for case in cases {
        let old = known(case.old, case.old);
        let diff = diff(&LAMP, &old, &object_of(case.news), &[]);
        assert_eq!(text(&diff), case.diff, "{} -> {}", case.old, case.news);
    }
}

#[test]
fn unknown_values_are_changes() {
    check_cases(&[
        Case {
            inputs: r#"{"owner": "me", "url": "https://x"}"#,
            outputs: r#"{"owner": "me", "url": "https://x"}"#,
            news: r#"{"owner": "?", "url": "?", "steps": ["?"]}"#,
            diff: "~owner! +steps[0] ~url",
        },
        Case {
            inputs: "{}",
            outputs: r#"{"block": null}"#,
            news: r#"{"block": "?"}"#,
            diff: "+block",
        },
    ]);
}

#[test]
fn ignored_changes_are_left_out_at_and_under_their_path() {
    let old = known(r#"{"url": "https://x"}"#, r#"{"url": "https://x", "labels": {"a": "1"}}"#);
    let news = object_of(r#"{"url": "https://y", "labels": {"a": "2", "b": "3"}}"#);
    let ignored = ["url".to_owned(), "labels.a".to_owned()];
    assert_eq!(text(&diff(&WIDGET, &old, &news, &ignored)), "+labels.b");
}

#[test]
fn the_old_goes_first_where_name_or_key_are_kept() {
    struct Case {
        news: &'static str,
        first: bool,
    }
    let old = known(
        r#"{"owner": "me", "name": "w"}"#,
        r#"{"owner": "me", "kind": "plain", "name": "w"}"#,
    );
    let cases = [
        Case { news: r#"{"owner": "you", "name": "w", "__defaults": []}"#, first: true },
        Case { news: r#"{"owner": "you", "name": "w", "__defaults": ["name"]}"#, first: false },
        Case { news: r#"{"owner": "me", "name": "w", "__defaults": ["name"]}"#, first: true },
    ];
    for case in cases {
        let diff = diff(&WIDGET, &old, &object_of(case.news), &[]);
        assert_eq!(diff.delete_before_replace, case.first, "{}", case.news);
    }
}

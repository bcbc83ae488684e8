//! Each law, broken once.

use super::*;
use crate::fixture;
use crate::table::*;

#[test]
fn a_table_with_a_row_of_every_sort_breaks_none() {
    assert_eq!(broken(&fixture::PACKAGE), [""; 0]);
}

const FINE: Resource = resource("Fine").doc("Fine.");
const OTHER: Resource = resource("Other").doc("Fine.");
const LOWER: Resource = resource("lower");
const LEFT: ObjectType = object_type("Twin", &[optional("a", STRING).doc("Fine.")]);
const RIGHT: ObjectType = object_type("Twin", &[optional("b", STRING).doc("Fine.")]);
const ROWS: Resource = resource("Rows")
    .doc("Rows that are wrong.")
    .natural_key(&[key("nobody")])
    .listed_by(&["made"])
    .adjust(|_, _| {})
    .rules(&[Rule::ExactlyOneOf(&["good", "gone"])])
    .fields(&[
        optional("Big", STRING).doc("Fine."),
        optional("good", STRING).doc("Fine."),
        optional("good", STRING).doc("Fine."),
        output("id", STRING).doc("Fine."),
        optional("left", object(&LEFT)).doc("Fine."),
        output("made", STRING).replaces().follows(&["nothing"]).doc("Fine."),
        optional("name", STRING).autonamed().doc("Fine."),
        optional("number", INT).one_of(&["a"]).default(Literal::String("b")).doc("Fine."),
        optional("right", list(&object(&RIGHT))).doc("Fine."),
        optional("size", INT).wire("length").range(1, 3).default(Literal::Int(4)).doc("Fine."),
        optional("text", STRING).unordered().autonamed().whole().doc("No full stop"),
    ]);
const FIND: Function = function("Find")
    .doc("Finds.")
    .inputs(&[computed("what", STRING).replaces().doc("Fine.")])
    .outputs(&[output("found", STRING).default(Literal::String("x")).doc("Fine.")]);

#[test]
fn what_breaks_a_law_is_named_with_its_place() {
    const PACKAGE: Package = package("My Package", "v1")
        .languages("[]")
        .config(&[
            optional("version", STRING).doc("Fine."),
            optional("words", STRINGS).unordered().doc("Fine."),
        ])
        .resources(&[without_code(&[&OTHER, &FINE, &ROWS, &ROWS, &LOWER])])
        .functions(&[without_code(&[&FIND])]);
    let found = broken(&PACKAGE);
    let expected = [
        "package: the name has to be of lower-case letters, digits and hyphens",
        "package: the version has to be three numbers: `1.2.3`, `1.2.3-rc.1`",
        "package: `languages` has to be a JSON object",
        "resources: not sorted: Fine after Other",
        "resources: Rows is there twice",
        "config.version: the engine has this key for itself",
        "config.words: `unordered` has no effect here",
        "Rows.id: every resource has one already",
        "Rows.Big: the name of a property begins with a small letter: `myName`",
        "Rows.good: there twice",
        "Rows.made: `replaces` has no effect here",
        "Rows.made: follows names `nothing`, which is no property",
        "Rows.number: `OneOf` has no effect here",
        "Rows.number: the row does not allow its default String(\"b\")",
        "Rows.right: two different types are called Twin",
        "Rows.size: the row does not allow its default Int(4)",
        "Rows.size: `wire` or `camel_case` has no effect here",
        "Rows.text: a description that ends with a full stop is missing",
        "Rows.text: `unordered` has no effect here",
        "Rows.text: `whole` has no effect here",
        "Rows: `create_with`, `update_first` and `adjust` are for providers of REST APIs",
        "Rows: only one row can be `autonamed`",
        "Rows: a rule names `gone`, which a program cannot give",
        "Rows: natural_key names `nobody`, which a program cannot give",
        "Rows: listed_by names `made`, which a program cannot give",
        "lower: a description that ends with a full stop is missing",
        "lower: the name of a resource begins with a capital letter: `MyFile`",
        "Find: the name of a function begins with a small letter: `getFile`",
        "Find.what: `replaces` has no effect here",
        "Find.what: only a program gives it: `required` or `optional`",
        "Find gives.found: `default` has no effect here",
    ];
    for law in expected {
        assert!(
            found.iter().any(|found| found == law),
            "{law}\nis not among\n{}",
            found.join("\n")
        );
    }
    let more: Vec<_> = found.iter().filter(|law| !expected.contains(&law.as_str())).collect();
    assert!(more.iter().all(|law| law.starts_with("Rows")), "of the second Rows: {more:#?}");
}

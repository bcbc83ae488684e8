//! What holds for every row.

use std::collections::BTreeSet;

use pulumi_rs_sdk::table::Codec;

use super::{PACKAGE, levels};

/// More does not fit into an editor's tooltip.
const LONGEST_DOC: usize = 200;

#[test]
fn the_tables_keep_the_laws_of_the_framework() {
    pulumi_rs_sdk::testing::laws(&PACKAGE);
}

#[test]
fn every_row_says_what_it_is_in_a_sentence() {
    let rows = levels().into_iter().flat_map(|(level, fields)| {
        fields.iter().map(move |field| (format!("{level}.{}", field.name), field.doc))
    });
    let resources =
        PACKAGE.resource_tables().map(|resource| (resource.name.to_owned(), resource.doc));
    let functions = PACKAGE.function_tables().chain(PACKAGE.method_tables());
    let functions = functions.map(|function| (function.name.to_owned(), function.doc));
    for (name, doc) in rows.chain(resources).chain(functions) {
        assert!(doc.ends_with('.'), "{name}: no full stop at the end");
        assert!(doc.starts_with(|first: char| first.is_uppercase()), "{name}: no capital first");
        assert!(!doc.contains("  ") && !doc.contains('\n'), "{name}: stray white space");
        assert!(doc.len() <= LONGEST_DOC, "{name}: {} bytes of doc", doc.len());
    }
}

#[test]
fn rows_are_sorted_and_each_is_there_once() {
    for (level, fields) in levels() {
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{level}: {names:?}");
    }
    let resources: Vec<&str> = PACKAGE.resource_tables().map(|resource| resource.name).collect();
    let functions: Vec<&str> = PACKAGE.function_tables().map(|function| function.name).collect();
    for names in [resources, functions] {
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }
}

#[test]
fn wire_names_are_unique_but_for_two_forms_of_one_thing() {
    for (level, fields) in levels() {
        let mut wire = BTreeSet::new();
        for field in fields {
            let is_write_only = field.never_stored || field.sent_with().is_some();
            let is_flag = field.codec == Codec::NullFlag;
            let is_second_form = field.name == "mappings" || is_write_only || is_flag;
            // Of those that count by other values of one row, none meets another.
            let counts = field.when.map(|when| (when.row, when.values));
            assert!(
                wire.insert((field.wire_name(), counts)) || is_second_form,
                "{level}.{}: {} is taken",
                field.name,
                field.wire_name()
            );
        }
    }
}

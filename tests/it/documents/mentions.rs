//! Commands that stand in sentences and tables: each is one that a test runs, or is here with the reason why not.

use std::fs;

use tests::root;

use super::page::Page;

/// Why a command that a sentence names is in no block.
enum Elsewhere {
    /// A test of another file runs it.
    Test { file: &'static str, name: &'static str },
    /// No test runs it.
    Never(&'static str),
}

use Elsewhere::{Never, Test};

const ELSEWHERE: &[(&str, Elsewhere)] = &[
    ("KEEP=1 make demo", Test { file: "documents/readme.rs", name: "fn demo" }),
    ("make bench", Never("it measures for a quarter of an hour")),
    (
        "pulumi plugin rm resource auth0 3.55.1 --yes",
        Test { file: "documents/install.rs", name: "fn fleet" },
    ),
    ("pulumi convert", Never("there is nothing that it could ask for yet")),
    (
        "pulumi destroy --target",
        Never("it is warned of: the engine asks the plugin for nothing else"),
    ),
    ("pulumi state delete", Never("the engine does it without the plugin")),
    (
        "pulumi refresh --clear-pending-creates",
        Test { file: "cancel.rs", name: "--clear-pending-creates" },
    ),
];

/// Whether a command of a sentence is a part of one that a test runs: its first two words, and the others somewhere
/// behind them, in their order. A word in capitals, or three dots, stands for any.
fn is_part(command: &str, line: &str) -> bool {
    let words: Vec<&str> = command.split_whitespace().collect();
    let line: Vec<&str> = line.split_whitespace().collect();
    let (first, others) = words.split_at(words.len().min(2));
    let stands_for_any =
        |word: &&str| *word == "..." || word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let begin = line.windows(first.len()).position(|part| part == first);
    begin.is_some_and(|begin| {
        let mut behind = line[begin + first.len()..].iter();
        others.iter().filter(|word| !stands_for_any(word)).all(|word| behind.any(|w| w == word))
    })
}

#[test]
fn every_command_that_a_sentence_names_is_run_or_has_a_reason_not_to_be() {
    let pages = Page::all();
    let sections = || pages.iter().flat_map(|page| &page.sections);
    let lines: Vec<&str> = sections().flat_map(|s| s.of("sh")).flat_map(str::lines).collect();
    let mut mentioned = Vec::new();
    for page in &pages {
        for command in page.sections.iter().flat_map(|section| section.mentioned()) {
            let known = ELSEWHERE.iter().any(|(elsewhere, _)| *elsewhere == command);
            let run = lines.iter().any(|line| is_part(&command, line));
            assert!(known || run, "{} names a command that no test runs: {command}", page.path);
            mentioned.push(command);
        }
    }
    for (command, elsewhere) in ELSEWHERE {
        assert!(mentioned.iter().any(|found| found == command), "nothing names {command} any more");
        match elsewhere {
            Never(reason) => assert!(!reason.is_empty()),
            Test { file, name } => {
                let text = fs::read_to_string(root().join("tests/it").join(file));
                assert!(text.expect("a file of tests").contains(name), "{command}: {file}, {name}");
            }
        }
    }
}

#[test]
fn a_part_of_a_command_is_one_word_by_word() {
    let line = "auth0-local-tenant run -- pulumi plugin install auth0 --file x.tar.gz";
    for (command, is) in [
        ("pulumi plugin install", true),
        ("pulumi plugin install auth0 --file ARCHIVE", true),
        ("pulumi plugin --file", true),
        ("pulumi plug", false),
        ("pulumi install", false),
        ("pulumi plugin --file install", false),
        ("pulumi plugin install auth0 --file x.tar.gz --reinstall", false),
    ] {
        assert_eq!(is_part(command, line), is, "{command}");
    }
}

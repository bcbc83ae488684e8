//! The documents: what they tell users to type is typed, as it stands there, and what it does is looked at.

mod credentials;
mod everyday;
mod install;
mod mentions;
mod moving;
mod page;
mod readme;

use std::thread;

use page::{Page, Section};

/// What runs the commands of a section, and looks at what they did.
type Run = fn(&Section);

/// The pages that have commands or programs, each with the sections in which they are.
const PAGES: &[(&str, &[(&str, Run)])] = &[
    ("README.md", readme::RUNS),
    ("docs/credentials.md", credentials::RUNS),
    ("docs/everyday.md", everyday::RUNS),
    ("docs/install.md", install::RUNS),
    ("docs/move-a-stack-over.md", moving::RUNS),
];

#[test]
fn the_readme_does_what_it_says() {
    run("README.md");
}

#[test]
fn the_guide_to_credentials_does_what_it_says() {
    run("docs/credentials.md");
}

#[test]
fn the_guide_to_everyday_tasks_does_what_it_says() {
    run("docs/everyday.md");
}

#[test]
fn the_guide_to_installation_does_what_it_says() {
    run("docs/install.md");
}

#[test]
fn the_guide_to_moving_a_stack_does_what_it_says() {
    run("docs/move-a-stack-over.md");
}

/// Runs all sections of a page that have something to run.
fn run(path: &str) {
    let page = Page::read(path);
    thread::scope(|scope| {
        let running: Vec<_> = runs(path)
            .iter()
            .map(|(heading, run)| {
                let section = page.section(heading);
                scope.spawn(move || {
                    run(section);
                    let left = section.unused();
                    assert!(left.is_empty(), "{heading}: not run:\n{}", left.join("---\n"));
                })
            })
            .collect();
        for section in running {
            section.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
}

fn runs(path: &str) -> &'static [(&'static str, Run)] {
    PAGES.iter().find(|(of, _)| *of == path).map_or(&[], |(_, runs)| runs)
}

#[test]
fn no_page_has_a_command_or_program_that_no_test_runs() {
    for page in Page::all() {
        let run: Vec<&str> = runs(&page.path).iter().map(|(heading, _)| *heading).collect();
        for section in &page.sections {
            let (path, heading) = (&page.path, &section.heading);
            let has = !section.unused().is_empty();
            assert_eq!(has, run.contains(&heading.as_str()), "{path}: {heading}");
            for block in section.blocks.iter().filter(|block| block.untested) {
                let words: Vec<&str> = section.prose.split_whitespace().collect();
                let told = words.join(" ").to_lowercase().contains("not tested");
                assert!(
                    told,
                    "{path}: {heading} does not say that it is not tested: {}",
                    block.text
                );
            }
        }
    }
}

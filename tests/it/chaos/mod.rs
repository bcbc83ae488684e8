//! Chaos: one request in five fails, in every way that a network, a proxy or Auth0 can fail, and the user does what the
//! errors say, which is to run again. Whatever failed, the tenant and the state agree in the end.
//!
//! Which requests fail follows from a seed. `CHAOS_SEED=7` runs that seed alone, `CHAOS_SEEDS=20` the first twenty, and
//! `CHAOS_SIZE=300` as many clients, with a grant each.

mod faults;
mod figures;
mod story;

use std::collections::BTreeSet;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

use figures::{Figures, Sum, tell};
use story::Story;

/// So many stories meet every way to fail.
const ENOUGH: usize = 10;
/// How many seeds run at once: most of their time they wait, as the provider does after a refusal.
const AT_ONCE: usize = 10;

#[test]
fn whatever_fails_in_the_end_tenant_and_state_agree() {
    let sum = every_seed("whatever_fails_in_the_end_tenant_and_state_agree", 10, |seed| {
        let mut story = Story::begin(seed, size(), None);
        story.up_until_it_succeeds();
        assert_eq!(story.orphans(), BTreeSet::new(), "made, and in no state");
        story.update();
        story.refresh();
        story.compare();
        story.destroy();
        story.figures()
    });
    sum.show_chaos(ENOUGH);
}

#[test]
fn a_client_of_a_given_name_is_never_adopted_and_one_that_is_left_is_named_with_its_import_line() {
    let name = "a_client_of_a_given_name_is_never_adopted_and_one_that_is_left_is_named_with_its_import_line";
    let sum = every_seed(name, 10, |seed| {
        let mut story = Story::begin(seed, size(), Some("customer"));
        story.up_until_it_succeeds();
        story.compare();
        let orphans = story.orphans();
        assert_eq!(orphans.difference(&story.named()).next(), None, "left, and named in no error");
        story.destroy();
        assert_eq!(story.orphans(), orphans, "what is in no state stays");
        story.figures()
    });
    sum.show_chaos(ENOUGH);
    assert!(sum.orphans > 0 || !sum.is_usual, "no answer to the create of a client was lost");
}

/// Tells the story of every seed, of the first `usual` where nothing else is asked for; one that fails is told by its
/// number and the command that repeats it alone.
fn every_seed(test: &str, usual: u64, story: impl Fn(u64) -> Figures + Sync) -> Sum {
    let seeds: Vec<u64> = match number("CHAOS_SEED") {
        Some(seed) => vec![seed],
        None => (0..number("CHAOS_SEEDS").unwrap_or(usual)).collect(),
    };
    let left = Mutex::new(seeds.into_iter());
    let ended = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(seed) = left.lock().expect("no story holds it").next() else { break };
                    // Its panic has been shown already.
                    let told = catch_unwind(AssertUnwindSafe(|| story(seed)));
                    ended.lock().expect("no story holds it").push((seed, told.ok()));
                }
            });
        }
    });
    let mut ended = ended.into_inner().expect("no story holds it");
    ended.sort_by_key(|(seed, _)| *seed);
    tell(test, &ended);
    let failed = ended.iter().filter(|(_, told)| told.is_none());
    let commands: Vec<_> = failed
        .map(|(seed, _)| {
            let size = size();
            format!("CHAOS_SEED={seed} CHAOS_SIZE={size} cargo test -p tests --test it -- {test}")
        })
        .collect();
    assert!(commands.is_empty(), "to repeat what failed:\n{}", commands.join("\n"));
    Sum::of(ended.iter().filter_map(|(_, told)| told.as_ref()), usual)
}

fn size() -> usize {
    number("CHAOS_SIZE").and_then(|size| usize::try_from(size).ok()).unwrap_or(30)
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is a number, not {text:?}")))
}

//! Many calls at once.

use std::process::Command;

use tests::Load;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_checks_and_diffs_at_once_stay_under_40_megabytes() {
    let plugin = Command::new(tests::plugin());
    let load = Load::check_and_diff(plugin, 1000, 1).await.expect("all are answered");
    assert!(load.peak_memory < 40 * 1000 * 1000, "{load:?}");
}

//! Recorded answers that the tenant cannot give, each with its reason.
//!
//! A row whose answer the tenant gives fails the replay.

use super::recording::Interaction;

/// A request of a recorded test, and why its answer is another.
struct Row {
    test: &'static str,
    seq: u32,
    reason: &'static str,
}

const ROWS: &[Row] = &[
    Row { test: "TestFlowManager_Create", seq: 0, reason: OLD_BODY },
    Row { test: "TestFlowManager_Read", seq: 0, reason: OLD_BODY },
    Row { test: "TestFlowManager_Read", seq: 1, reason: NOT_MADE },
    Row { test: "TestFlowVaultConnectionManager_List", seq: 0, reason: OLD_STATUS },
    Row { test: "TestFormManager_List", seq: 0, reason: OLD_BODY },
    Row { test: "TestFormManager_Read", seq: 0, reason: OLD_BODY },
    Row { test: "TestFormManager_Read", seq: 1, reason: NOT_MADE },
];

const NOT_MADE: &str = "it reads what could not be made by a body of an old SDK";
const OLD_BODY: &str = "an old SDK sent members that the API's document refuses now";
const OLD_STATUS: &str =
    "it is older than the status of a create that the API's document and newer recordings have";

/// Why the tenant cannot give the answer that was recorded; nothing where it can.
pub fn reason(interaction: &Interaction) -> Option<&'static str> {
    let is_it = |row: &&Row| row.test == interaction.test && row.seq == interaction.seq;
    ROWS.iter().find(is_it).map(|row| row.reason)
}

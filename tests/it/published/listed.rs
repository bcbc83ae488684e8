//! What cannot be as the published provider's data says, each with its reason.
//!
//! A row that names nothing that is wrong any more fails the test that reads the list.

use std::collections::BTreeSet;

/// A part of a name, and why what it names is as it is.
pub type Row = (&'static str, &'static str);

/// Tests that cannot pass.
pub const TESTS: &[Row] = &[
    ("TestAccClientAddons", EMPTY_OBJECT),
    ("TestAccClientMobile", LEFT_THE_PROGRAM),
    ("TestAccConnectionConfigurationFailsToUpdateWhenEncounteringUnmanagedSecrets", MADE_THERE),
    ("TestAccDataSourceOrganizationInsufficientScope", OF_ITS_TENANT),
    ("TestAccDataSourceResourceServer", OF_ITS_TENANT),
    ("TestAccDataSourceUserConnectedAccountsTokenVault", OF_ITS_TENANT),
    ("TestAccDirectoryProvisioning", FAILS_THERE_TOO),
    ("InsufficientEntitlement", NOT_ENTITLED),
    ("TestAccPrompt", LEFT_THE_PROGRAM),
    ("TestAccResourceServer", MADE_UP_NAME),
    ("TestAccUserChangeUsername", ONE_BY_ONE),
    ("TestAccUserCustomDomains", OF_ITS_TENANT),
];

/// States that change.
pub const STATES: &[Row] = &[
    ("InsufficientEntitlement", NOT_ENTITLED),
    ("TestAccOrgDiscoveryDomainsImport 3", FOUND_LESS),
    ("TestAccResourceServer 1", MADE_UP_NAME),
    ("TestAccResourceServerScopes 8", FOUND_LESS),
];

/// States that change after a refresh only.
pub const REFRESHED: &[Row] =
    &[("TestAccAction 5 auth0_action.my_action read", FAILED), ("TestAccForm 6", OLDER)];

/// Rows of programs that are refused, or become other inputs.
pub const ACCEPTS: &[Row] = &[
    ("EventStream.actionConfiguration [[] for object", NO_BLOCK),
    ("[{k: 1}]", TEXTS),
    ("[{k: true}]", TEXTS),
];

const EMPTY_OBJECT: &str =
    "an empty object of the program says nothing: no addons are as good as none";
const FOUND_LESS: &str = "its own refresh found less than the program gives";
const FAILED: &str = "the update failed, so that what is there is not what the program says";
const FAILS_THERE_TOO: &str = "its first step names no connection that there is, and fails where it was recorded too, which its data does not say";
const LEFT_THE_PROGRAM: &str = "what leaves the program is cleared, a mobile app and a switch of the prompts too: theirs stays";
const MADE_THERE: &str =
    "it changes a connection that somebody had made by hand on the tenant on which it was recorded";
const MADE_UP_NAME: &str = "it is of a program without a name, for which Pulumi makes one up, and its recording never saw that";
const NO_BLOCK: &str =
    "an empty list is no block, and the published provider then sends what the API refuses";
const NOT_ENTITLED: &str = "the plan of its tenant lacks what the program asks for, so that it stays a change; a local tenant has it";
const ONE_BY_ONE: &str =
    "what Auth0 changes in a request of its own goes in one: theirs refuses to change both";
const OF_ITS_TENANT: &str = "it needs what only the tenant has on which it was recorded: an ID, an address, two verified domains";
const OLDER: &str =
    "its recording is older than the program: it was made before messages were sent";
const TEXTS: &str = "what a map of texts holds is made a text by Check, not only in the request";

/// Lists of rows, and which of them have been met.
#[derive(Debug)]
pub struct List {
    rows: Vec<Row>,
    met: BTreeSet<&'static str>,
}

impl List {
    pub fn of(lists: &[&[Row]]) -> Self {
        List { rows: lists.concat(), met: BTreeSet::new() }
    }

    /// The reason for which what has this name is wrong.
    pub fn reason(&mut self, name: &str) -> Option<&'static str> {
        // A part ends where a word does.
        let names = |part: &str| {
            let after = name.split(part).skip(1).map(|rest| rest.chars().next());
            after.into_iter().any(|next| !next.is_some_and(char::is_alphanumeric))
        };
        let (part, reason) = self.rows.iter().find(|(part, _)| names(part))?;
        if self.met.insert(part) {
            eprintln!("listed: {part}: {reason}");
        }
        Some(reason)
    }

    /// The rows of `list` that have not been met.
    pub fn idle(&self, list: &[Row]) -> Vec<String> {
        let idle = list.iter().filter(|(part, _)| !self.met.contains(part));
        idle.map(|(part, _)| format!("nothing is wrong with {part}: take it off the list"))
            .collect()
    }
}

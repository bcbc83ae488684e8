//! Laws over every row of every table, at the level of single calls: the plugin's server on one side, a
//! tenant on the other, both in this process.

mod at_once;
mod bad_input;
mod documents;
mod drift;
mod entries;
mod faults;
mod field_life;
mod held;
mod liar;
mod look_ahead;
mod lost_answers;
mod merged;
mod pages;
mod previews;
mod rows;
mod secrets;
mod subject;
mod system_apis;
mod timeouts;
mod users;

use std::env;

use pulumi_resource_auth0::resources::RESOURCES;
use pulumi_rs_sdk::table::Resource;

/// Names the resources to try while one works on them, with commas between.
const NAMED: &str = "AUTH0_LAWS";

/// The resources that the laws run over: all, or those that the environment names.
fn resources() -> impl Iterator<Item = &'static Resource> {
    let named = env::var(NAMED).ok();
    let named = named.map(|names| names.split(',').map(str::to_owned).collect::<Vec<_>>());
    if let Some(names) = &named {
        let offered = |name: &String| RESOURCES.iter().any(|resource| resource.name == name);
        assert!(names.iter().all(offered), "{NAMED} names what is not offered: {names:?}");
    }
    let is_named = move |resource: &&Resource| {
        named.as_ref().is_none_or(|names| names.iter().any(|name| name == resource.name))
    };
    RESOURCES.iter().copied().filter(is_named)
}

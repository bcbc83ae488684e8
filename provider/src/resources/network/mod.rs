//! Which requests reach the tenant and how many, and where its log and its events go.

mod acl;
mod acl_key;
mod event_stream;
mod log_stream;
mod rate_limit_policy;

use pulumi_rs_sdk::table::rest::Constraint;

pub use acl::NETWORK_ACL;
pub use acl_key::NETWORK_ACL_KEY;
pub use event_stream::EVENT_STREAM;
pub use log_stream::LOG_STREAM;
pub use rate_limit_policy::RATE_LIMIT_POLICY;

const DIGITS: Constraint = Constraint::Characters("0-9");

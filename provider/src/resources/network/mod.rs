//! Which requests reach the tenant and how many, and where its log goes.

mod acl;
mod log_stream;
mod rate_limit_policy;

pub use acl::NETWORK_ACL;
pub use log_stream::LOG_STREAM;
pub use rate_limit_policy::RATE_LIMIT_POLICY;

//! What may reach the tenant over the network.

mod acl;

pub use acl::NETWORK_ACL;

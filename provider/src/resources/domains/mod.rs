//! Domains of your own that the tenant answers on.

mod custom_domain;

pub use custom_domain::CUSTOM_DOMAIN;

//! What protects a tenant from attacks.

mod attack_protection;
mod captcha;

pub use attack_protection::ATTACK_PROTECTION;

//! What protects a tenant from attacks.

mod attack_protection;
mod captcha;
mod guardian;
mod risk_assessments;
mod supplemental_signals;

pub use attack_protection::ATTACK_PROTECTION;
pub use guardian::GUARDIAN;
pub use risk_assessments::{RISK_ASSESSMENTS, RISK_ASSESSMENTS_NEW_DEVICE};
pub use supplemental_signals::SUPPLEMENTAL_SIGNALS;

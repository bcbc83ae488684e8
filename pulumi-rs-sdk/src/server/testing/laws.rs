//! The test that every provider needs.

use crate::laws::broken;
use crate::table::Package;

/// Holds the tables of the package to the [laws](crate::laws): the one line of a provider's first test.
///
/// ```
/// use pulumi_rs_sdk::table::{Package, package};
///
/// const PACKAGE: Package = package("greeter", "0.1.0");
///
/// pulumi_rs_sdk::testing::laws(&PACKAGE);
/// ```
///
/// # Panics
/// Where a law is broken: it says which, and where.
#[track_caller]
pub fn laws<P>(package: &Package<P>) {
    let broken = broken(package);
    assert!(broken.is_empty(), "the tables break laws:\n{}", broken.join("\n"));
}

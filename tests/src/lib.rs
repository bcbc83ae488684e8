//! The harness of the integration tests: the real engine, a local tenant, and the programs between them.
//!
//! A test starts a [`Tenant`], opens a [`Stack`] on it, runs operations, and looks at their [`Report`]s and at the
//! [`Request`]s that the tenant was asked. Everything is private to the test and ends with it.

mod built;
mod direct;
mod go;
mod hold;
mod load;
mod operation;
mod report;
mod samples;
mod shell;
mod stack;
mod tenant;
mod usage;

pub use built::{filestore, node_modules, plugin, pulumi, python, root, sdk_gen, target};
pub use direct::pulumi_do;
pub use hold::Hold;
pub use load::{Load, MICROSECONDS_OF_PUBLISHED, memory};
pub use operation::{Operation, wait_until};
pub use report::{Diagnostic, Report, Step};
pub use samples::{Pick, sample};
pub use shell::{Said, Shell};
pub use stack::Stack;
pub use tenant::{Request, Tenant};
pub use usage::{Usage, Watch};

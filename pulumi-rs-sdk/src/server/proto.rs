//! The messages and services of the wire, compiled from `proto/`. They do not leave this module's parent.

// Generated code: it is documented in the .proto files, and neither its shape nor what the protocol has
// beyond our use of it is ours to choose.
#![allow(missing_docs, dead_code, clippy::all, rustdoc::all)]

tonic::include_proto!("pulumirpc");

/// gRPC's own messages.
pub mod google {
    /// The error model.
    pub mod rpc {
        tonic::include_proto!("google.rpc");
    }
}

//! The gRPC server of Pulumi's `ResourceProvider` protocol.

mod proto;
mod wire;

//! Compiles the protocol's messages, without protoc.

#![allow(clippy::print_stdout, reason = "what cargo reads from a build script is its stdout")]

use std::error::Error;

const FILES: [&str; 6] = [
    "google/rpc/status.proto",
    "pulumi/alias.proto",
    "pulumi/engine.proto",
    "pulumi/errors.proto",
    "pulumi/plugin.proto",
    "pulumi/provider.proto",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");
    let files = protox::compile(FILES, ["proto"])?;
    tonic_prost_build::configure()
        .build_transport(false)
        .extern_path(".google.protobuf.Struct", "crate::server::wire::Struct")
        .compile_fds(files)?;
    Ok(())
}

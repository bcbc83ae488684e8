//! The plugin binary: Pulumi's engine looks for `pulumi-resource-filestore`.

use std::process::ExitCode;

use pulumi_resource_filestore::Store;

fn main() -> ExitCode {
    pulumi_rs_sdk::server::serve(Store::default())
}

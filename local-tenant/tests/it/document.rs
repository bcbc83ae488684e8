//! The committed table is what the script derives from Auth0's document.

use std::path::Path;
use std::process::Command;

#[test]
fn the_table_is_what_the_document_gives() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = package.join("../../shared/data/auth0-management-api.openapi.json");
    if !document.exists() {
        println!("skipped: {} is not there", document.display());
        return;
    }
    let script = package.join("derive-document.py");
    let output = match Command::new("python3").arg(script).arg("--check").arg(document).output() {
        Ok(output) => output,
        Err(error) => {
            println!("skipped: python3 cannot be run: {error}");
            return;
        }
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

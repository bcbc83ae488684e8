//! The provider as the engine sees it.

use std::fs;

use pulumi_rs_sdk::object;
use pulumi_rs_sdk::provider::ReadState;
use pulumi_rs_sdk::testing::{self, Client, Program, Read, urn};
use pulumi_rs_sdk::value::Value;
use tempfile::TempDir;

use crate::file::FILE;
use crate::key::KEY;
use crate::{PACKAGE, Store};

const FILE_TOKEN: &str = "filestore:index:File";

async fn started() -> (TempDir, Client) {
    let folder = TempDir::new().unwrap();
    let client = Client::start(Store::default()).await.unwrap();
    client.configure(object! { "root": folder.path().to_str().unwrap() }).await.unwrap();
    (folder, client)
}

fn file() -> Program {
    Program::new(&FILE, urn(FILE_TOKEN, "hello"))
}

fn read(id: &str) -> Read {
    Read { urn: urn(FILE_TOKEN, "hello"), id: id.into(), ..Read::default() }
}

#[test]
fn the_tables_keep_the_laws() {
    testing::laws(&PACKAGE);
}

#[tokio::test]
async fn a_file_is_written_changed_read_and_removed() {
    let (folder, client) = started().await;
    let path = folder.path().join("hello.txt");
    let mut file = file();
    let program = object! { "content": "hello", "name": "hello.txt" };
    let made = file.up(&client, program).await.unwrap();
    assert_eq!(
        (made.id.as_str(), fs::read_to_string(&path).unwrap().as_str()),
        ("hello.txt", "hello")
    );
    let program = object! { "content": "", "link": "latest", "name": "hello.txt" };
    file.up(&client, program.clone()).await.unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("latest")).unwrap(), "");
    fs::write(&path, "drift").unwrap();
    let drifted = file.refresh(&client).await.unwrap().unwrap();
    assert_eq!(drifted.inputs["content"], "drift".into());
    file.up(&client, program).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "");
    file.down(&client).await.unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn an_empty_file_is_imported_with_its_content() {
    let (folder, client) = started().await;
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    let ReadState { inputs, .. } = client.read(read("empty.txt")).await.unwrap().unwrap();
    assert_eq!((&inputs["name"], inputs.get("content")), (&"empty.txt".into(), Some(&"".into())));
    assert_eq!(client.read(read("nothing.txt")).await.unwrap(), None);
}

#[tokio::test]
async fn a_file_whose_link_cannot_be_made_is_kept_and_finished_later() {
    let (folder, client) = started().await;
    fs::write(folder.path().join("taken"), "").unwrap();
    let inputs = object! { "content": "a", "link": "taken", "name": "hello.txt" };
    let create = testing::Create { urn: urn(FILE_TOKEN, "hello"), inputs, ..Default::default() };
    let failure = client.create(create).await.unwrap_err();
    assert_eq!(failure.code, "AlreadyExists");
    assert!(failure.message.starts_with("linking "), "{failure}");
    let part = failure.created.unwrap();
    assert_eq!((part.id.as_str(), &part.outputs["link"]), ("hello.txt", &Value::Null));
    assert!(!part.inputs.contains_key("link"));
    assert!(folder.path().join("hello.txt").exists());
}

#[tokio::test]
async fn a_file_that_is_there_is_not_overwritten() {
    let (folder, client) = started().await;
    fs::write(folder.path().join("hello.txt"), "mine").unwrap();
    let program = object! { "content": "hello", "name": "hello.txt" };
    let failure = file().up(&client, program).await.unwrap_err();
    assert_eq!((failure.code.as_str(), failure.created), ("AlreadyExists", None));
}

#[tokio::test]
async fn a_key_is_made_up_named_and_secret() {
    let (folder, client) = started().await;
    let mut key = Program::new(&KEY, urn("filestore:index:Key", "signing"));
    let made = key.up(&client, object! {}).await.unwrap();
    assert_eq!(made.id, "signing-0101010");
    let Value::Secret(value) = &made.outputs["value"] else { panic!("it is secret") };
    let value = value.as_str().unwrap().to_owned();
    assert_eq!(value.len(), 64);
    assert_eq!(fs::read_to_string(folder.path().join(&made.id)).unwrap(), value);
    let other = key.up(&client, object! { "bytes": 16 }).await.unwrap();
    let Value::Secret(shorter) = &other.outputs["value"] else { panic!("it is secret") };
    assert_eq!(shorter.as_str().unwrap().len(), 32);
    key.down(&client).await.unwrap();
}

#[tokio::test]
async fn a_function_finds_a_file() {
    let (folder, client) = started().await;
    fs::write(folder.path().join("a"), "a").unwrap();
    let token = "filestore:index:getDigest";
    let found = client.invoke(token, object! { "name": "a" }).await.unwrap();
    let digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    assert_eq!(found.inputs["sha256"], digest.into());
    let failure = client.invoke(token, object! { "name": "b" }).await.unwrap_err();
    assert_eq!(failure.to_string(), "NotFound: there is no file \"b\"");
    let mistakes = client.invoke(token, object! { "name": "../a" }).await.unwrap().failures;
    assert_eq!(mistakes.len(), 1);
}

//! The configuration as it was given.

use pulumi_rs_sdk::value::Object;
use secrecy::zeroize::{Zeroize, ZeroizeOnDrop};

/// A configuration that is wiped from memory when it is dropped.
#[derive(Default)]
pub struct Given(Object);

impl From<Object> for Given {
    fn from(config: Object) -> Given {
        Given(config)
    }
}

impl AsRef<Object> for Given {
    fn as_ref(&self) -> &Object {
        &self.0
    }
}

impl Zeroize for Given {
    fn zeroize(&mut self) {
        self.0.values_mut().for_each(Zeroize::zeroize);
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        self.zeroize();
    }
}

impl ZeroizeOnDrop for Given {}

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::value::{Archive, ArchiveSource, Asset, AssetSource, Output, Value};

    use super::*;

    #[test]
    fn no_text_of_it_is_left_at_any_depth() {
        let secret = || Value::Secret(Box::new("hunter2".into()));
        let output = Output { value: Some(secret()), ..Output::default() };
        let text = || AssetSource::Text("hunter2".to_owned());
        let asset = || Asset { hash: String::new(), source: Some(text()) };
        let assets = Object::from([("a".to_owned(), asset().into())]);
        let source = Some(ArchiveSource::Assets(assets));
        let archive = Archive { hash: String::new(), source };
        let inner = Object::from([("a".to_owned(), Value::Array(vec![secret()]))]);
        let mut given = Given(Object::from([
            ("plain".to_owned(), "hunter2".into()),
            ("secret".to_owned(), secret()),
            ("output".to_owned(), output.into()),
            ("asset".to_owned(), asset().into()),
            ("archive".to_owned(), archive.into()),
            ("object".to_owned(), inner.into()),
        ]));
        given.zeroize();
        let left = given.0.values().cloned().map(Value::reveal);
        assert!(!format!("{:?}", left.collect::<Vec<_>>()).contains("hunter2"));
    }
}

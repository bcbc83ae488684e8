//! From a struct to properties.

use serde::Serialize;

use super::error::Mismatch;
use crate::value::{Object, Value};

/// The fields of a struct as properties. What it returns is held against the table when a provider answers with it.
///
/// # Errors
/// It is no struct or map, or a key in it is no text.
pub fn to_object<T: Serialize + ?Sized>(of: &T) -> Result<Object, Mismatch> {
    let json = serde_json::to_value(of).map_err(|error| Mismatch::new(error.to_string()))?;
    match Value::from(json) {
        Value::Object(properties) => Ok(properties),
        _ => Err(Mismatch::new("only a struct or a map has properties")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object;

    #[test]
    fn fields_become_properties() {
        #[derive(Serialize)]
        struct Shelf {
            boxes: Vec<u16>,
            label: Option<&'static str>,
            width: f64,
        }
        let shelf = Shelf { boxes: vec![1, 2], label: None, width: 0.5 };
        let expected = object! { "boxes": vec![1, 2], "label": Value::Null, "width": 0.5 };
        assert_eq!(to_object(&shelf).unwrap(), expected);
        assert_eq!(
            to_object("text").unwrap_err().to_string(),
            "only a struct or a map has properties"
        );
    }
}

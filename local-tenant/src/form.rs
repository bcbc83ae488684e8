//! Bodies of `multipart/form-data`, which the import of users is sent as.

use axum::http::{HeaderMap, header};

use crate::answer::Object;

/// The fields of a form as texts, files too; nothing where the body is none.
pub fn read(headers: &HeaderMap, body: &[u8]) -> Object {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let boundary =
        kind.and_then(|kind| kind.strip_prefix("multipart/form-data;")).and_then(|rest| {
            let (_, boundary) = rest.split_once("boundary=")?;
            Some(boundary.trim_matches('"'))
        });
    let Some(boundary) = boundary else { return Object::new() };
    let text = String::from_utf8_lossy(body);
    let delimiter = format!("--{boundary}");
    let parts = text.split(&delimiter).filter_map(|part| {
        let (head, value) = part.split_once("\r\n\r\n")?;
        let (_, name) = head.split_once("name=\"")?;
        let (name, _) = name.split_once('"')?;
        Some((name.to_owned(), value.trim_end_matches("\r\n").into()))
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_form_is_read_field_by_field_and_a_file_as_its_text() {
        let kind = HeaderValue::from_static("multipart/form-data; boundary=b");
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]);
        let body = "--b\r\nContent-Disposition: form-data; name=\"upsert\"\r\n\r\ntrue\r\n\
            --b\r\nContent-Disposition: form-data; name=\"users\"; filename=\"u\"\r\n\
            Content-Type: application/json\r\n\r\n[{}]\r\n--b--\r\n";
        let read = read(&headers, body.as_bytes());
        assert_eq!(read, *json!({"upsert": "true", "users": "[{}]"}).as_object().unwrap());
    }
}

//! Secret marks: put back on values after a call, and kept out of texts.
//!
//! Check, diff and the calls of a provider work on plain values. What was secret on the way in, and what
//! the table says is secret, is marked again on the way out, and so is what holds the text of a secret. Pure.

mod copies;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use zeroize::Zeroizing;

use crate::state::is_zero;
use crate::table::{Field, Kind};
use crate::value::{AssetSource, Object, Value};

pub use copies::mark_copies;

/// What stands in a text where a secret was.
const REDACTED: &str = "[secret]";

/// Secrets shorter than this are taken out of a text only where they stand as words of their own: they
/// occur in ordinary words too.
const SHORT: usize = 4;

/// What stands where a long text was cut.
const CUT: char = '…';

/// Marks what the rows say is secret, at every level. Empty values too, but never null.
pub fn mark_by_table(fields: &[Field], values: &mut Object) {
    mark_rows(fields, values, |_| true);
}

/// Marks what the rows say is secret and is there, at every level: an empty value stays plain.
///
/// It is for answers of functions, all of which SDKs take for secret if anything in them is.
pub fn mark_what_is_there(fields: &[Field], values: &mut Object) {
    mark_rows(fields, values, |value| !is_zero(value));
}

fn mark_rows(fields: &[Field], values: &mut Object, marks: fn(&Value) -> bool) {
    let may_hold = |field: &&Field| {
        field.secret || matches!(field.kind, Kind::Object(_) | Kind::List(_) | Kind::Map(_))
    };
    for field in fields.iter().filter(may_hold) {
        let Some(value) = values.get_mut(field.name) else { continue };
        match field.secret {
            true if marks(value) => mark(value),
            true => {}
            false => mark_inside(field.kind, value, marks),
        }
    }
}

fn mark_inside(kind: Kind, value: &mut Value, marks: fn(&Value) -> bool) {
    match (kind, value) {
        (Kind::Object(of), Value::Object(properties)) => mark_rows(of.fields, properties, marks),
        (Kind::List(of), Value::Array(items)) => {
            items.iter_mut().for_each(|item| mark_inside(*of, item, marks));
        }
        (Kind::Map(of), Value::Object(entries)) => {
            entries.values_mut().for_each(|entry| mark_inside(*of, entry, marks));
        }
        (_, Value::Unknown) => {}
        // Not of the shape that the row says, a JSON text for instance: what is secret cannot be told.
        (kind, value) if holds_secret(kind) && marks(value) => mark(value),
        _ => {}
    }
}

fn holds_secret(kind: Kind) -> bool {
    match kind {
        Kind::Object(of) => of.fields.iter().any(|field| field.secret || holds_secret(field.kind)),
        Kind::List(of) | Kind::Map(of) => holds_secret(*of),
        _ => false,
    }
}

/// Marks what is secret in `marked`: the same properties of objects, and a list as a whole where anything
/// in it is secret. It is what the engine does for providers that do not take secrets.
pub fn mark_like(values: &mut Object, marked: &Object) {
    for (name, like) in marked.iter().filter(|(_, like)| like.contains_secret()) {
        match (values.get_mut(name), like) {
            (Some(Value::Object(inner)), Value::Object(like)) => mark_like(inner, like),
            (Some(value), _) => mark(value),
            (None, _) => {}
        }
    }
}

/// Marks what is secret in `marked`, in a list of as many items the same of each: inputs that come back keep the marks that
/// they had.
pub fn mark_as_before(values: &mut Object, marked: &Object) {
    for (name, like) in marked {
        if let Some(value) = values.get_mut(name) {
            mark_value_as_before(value, like);
        }
    }
}

fn mark_value_as_before(value: &mut Value, like: &Value) {
    match (value, like) {
        (Value::Object(inner), Value::Object(like)) => mark_as_before(inner, like),
        (Value::Array(items), Value::Array(like)) if items.len() == like.len() => {
            items.iter_mut().zip(like).for_each(|(item, like)| mark_value_as_before(item, like));
        }
        (value, like) if like.contains_secret() => mark(value),
        _ => {}
    }
}

/// What is secret of what the program gave before and does not give anew, at every level: the server may keep it.
///
/// Of a block that was secret as a whole, the rest is as secret; what the program gives plainly is not. A list is one
/// value: where it was secret, it is left as a whole if an item may have kept something.
pub fn left(old: &Object, news: &Object) -> Object {
    if !old.values().any(Value::contains_secret) {
        return Object::new();
    }
    left_beside(old, news, false)
}

fn left_beside(old: &Object, news: &Object, secret: bool) -> Object {
    // The engine's own keys tell no secret, and must stay readable.
    let theirs = old.iter().filter(|(name, _)| !name.starts_with("__"));
    theirs
        .filter_map(|(name, value)| {
            let value = match news.get(name).filter(|new| !new.is_null()) {
                Some(new) => left_of(value, new, secret)?,
                None if secret => marked(value.clone()),
                None if value.contains_secret() => value.clone(),
                None => return None,
            };
            Some((name.clone(), value))
        })
        .collect()
}

/// What is left of a value beside the new one, which is none of it where the new one says all.
fn left_of(old: &Value, new: &Value, secret: bool) -> Option<Value> {
    match (old, new) {
        (Value::Secret(old), _) => left_of(old, new, true),
        (Value::Output(output), _) => left_of(output.value.as_ref()?, new, secret || output.secret),
        (Value::Object(old), Value::Object(new)) => Some(left_beside(old, new, secret).into()),
        // Marks inside a list are those of rows, which come back by the table.
        (Value::Array(items), Value::Array(news)) if secret => {
            let keeps = |item: &Value, new: &Value| {
                left_of(item, new, true).is_some_and(|left| !is_zero(&left))
            };
            // Items may have changed places.
            let any = items.iter().any(|item| news.iter().any(|new| keeps(item, new)));
            any.then(|| marked(old.clone()))
        }
        _ => None,
    }
}

fn marked(mut value: Value) -> Value {
    mark(&mut value);
    value
}

/// Null is never marked: the published providers fail on a marked one.
fn mark(value: &mut Value) {
    match std::mem::take(value).reveal() {
        Value::Null => {}
        plain => *value = Value::Secret(Box::new(plain)),
    }
}

/// The texts of secrets, which must not appear in a message.
///
/// # Guarantees
/// All texts are shared by all clones, and wiped with the last of them.
///
/// Calls have many secrets and few messages: what to search for is made ready when there is first a message to search.
#[derive(Clone, Default)]
pub struct Redactor {
    secrets: Vec<Arc<Zeroizing<String>>>,
    /// How the secrets may stand in a text.
    forms: Arc<OnceLock<Vec<Zeroizing<String>>>>,
}

impl Redactor {
    /// Knows no secrets.
    pub fn new() -> Self {
        Self::default()
    }

    /// Knows the secrets of `values` too: what is marked in them, and what the rows say is secret.
    pub fn and(mut self, fields: &[Field], values: &Object) -> Self {
        self.collect_by_table(fields, values);
        self.forms = Arc::default();
        self
    }

    fn collect_by_table(&mut self, fields: &[Field], values: &Object) {
        for (name, value) in values {
            match fields.iter().find(|field| field.name == name) {
                Some(field) if field.secret => self.collect(value, true),
                Some(field) => self.collect_inside(field.kind, value),
                None => self.collect(value, false),
            }
        }
    }

    fn collect_inside(&mut self, kind: Kind, value: &Value) {
        match (kind, value) {
            (Kind::Object(of), Value::Object(properties)) => {
                self.collect_by_table(of.fields, properties);
            }
            (Kind::List(of), Value::Array(items)) => {
                items.iter().for_each(|item| self.collect_inside(*of, item));
            }
            (Kind::Map(of), Value::Object(entries)) => {
                entries.values().for_each(|entry| self.collect_inside(*of, entry));
            }
            // Where it is not of the shape that the row says, what is secret in it cannot be told.
            (kind, value) => self.collect(value, holds_secret(kind)),
        }
    }

    fn collect(&mut self, value: &Value, secret: bool) {
        match value {
            Value::Secret(inner) => self.collect(inner, true),
            Value::Output(output) => {
                if let Some(inner) = &output.value {
                    self.collect(inner, secret || output.secret);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, secret)),
            Value::Object(properties) => {
                properties.values().for_each(|value| self.collect(value, secret));
            }
            Value::String(text) if secret => self.add(text.clone()),
            Value::Number(number) if secret => self.add(number.to_string()),
            Value::Asset(asset) if secret => {
                if let Some(AssetSource::Text(text)) = &asset.source {
                    self.add(text.clone());
                }
            }
            Value::Archive(archive) => {
                if let Some(assets) = archive.assets() {
                    assets.values().for_each(|value| self.collect(value, secret));
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, secret: String) {
        self.secrets.push(Arc::new(Zeroizing::new(secret)));
    }

    /// The secrets as they are.
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter().map(|secret| secret.as_str())
    }

    /// The forms of all secrets, longest first, so that no part of one is left where another begins alike.
    fn forms(&self) -> &[Zeroizing<String>] {
        self.forms.get_or_init(|| {
            let mut forms: Vec<_> =
                self.secrets.iter().flat_map(|secret| forms_of(secret)).collect();
            forms.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            forms.dedup();
            forms
        })
    }

    /// The text, with every secret in it taken out.
    pub fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut redacted = Cow::Borrowed(text);
        for secret in self.forms() {
            if redacted.contains(secret.as_str()) {
                redacted = Cow::Owned(replace(&redacted, secret));
            }
        }
        match self.without_beginnings(&redacted) {
            Some(text) => Cow::Owned(text),
            None => redacted,
        }
    }

    /// The text without the beginnings of secrets at which it was cut; `None` where there is none.
    fn without_beginnings(&self, text: &str) -> Option<String> {
        let (mut whole, mut found) = (String::new(), false);
        let mut parts = text.split(CUT).peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                whole.push_str(part);
                break;
            }
            let begins = self.forms().iter().filter_map(|secret| beginning_at_end(secret, part));
            let longest = begins.max().unwrap_or(0);
            found |= longest > 0;
            whole.push_str(&part[..part.len() - longest]);
            whole.push_str(if longest > 0 { REDACTED } else { "" });
            whole.push(CUT);
        }
        found.then_some(whole)
    }

    /// The text like [`Redactor::redact`], where the caller has one to give.
    pub fn redacted(&self, text: String) -> String {
        match self.redact(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(redacted) => redacted,
        }
    }
}

/// A secret as it is, as it stands between quotes in a message or in JSON, and on one line, as foreign texts are
/// repeated.
fn forms_of(secret: &str) -> Vec<Zeroizing<String>> {
    if secret.trim().is_empty() {
        return Vec::new();
    }
    let debug = Zeroizing::new(format!("{secret:?}"));
    let json = serde_json::to_string(secret).expect("a text is always JSON");
    let json = Zeroizing::new(json);
    let quoted = [&debug, &json].map(|quoted| quoted[1..quoted.len() - 1].to_owned());
    let words: Vec<&str> = secret.split_whitespace().collect();
    let line = Zeroizing::new(words.join(" "));
    let mut printed = String::with_capacity(line.len());
    printed.extend(line.chars().filter(|letter| !letter.is_control()));
    let forms = quoted.into_iter().chain([printed, secret.to_owned()]);
    forms.filter(|form| !form.is_empty()).map(Zeroizing::new).collect()
}

/// How many bytes at the end of the text are a beginning of the secret, where they are enough to tell.
fn beginning_at_end(secret: &str, text: &str) -> Option<usize> {
    let lengths = secret.char_indices().map(|(at, _)| at).skip(SHORT);
    lengths.filter(|length| text.ends_with(&secret[..*length])).max()
}

fn replace(text: &str, secret: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(at) = rest.find(secret) {
        let (head, tail) = (&rest[..at], &rest[at + secret.len()..]);
        replaced.push_str(head);
        before = head.chars().next_back().or(before);
        let joined = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let within =
            secret.chars().count() < SHORT && (joined(before) || joined(tail.chars().next()));
        replaced.push_str(if within { secret } else { REDACTED });
        before = secret.chars().next_back();
        rest = tail;
    }
    replaced.push_str(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{ObjectType, STRING, STRINGS, list, map, object, object_type, optional};
    use crate::value::{Archive, ArchiveSource, Asset, Output};

    const KEY: ObjectType =
        object_type("Key", &[optional("name", STRING), optional("secret", STRING).secret()]);
    const FIELDS: &[Field] = &[
        optional("password", STRING).secret(),
        optional("passwords", STRINGS).secret(),
        optional("key", object(&KEY)),
        optional("keys", list(&object(&KEY))),
        optional("keyring", map(&object(&KEY))),
        optional("plain", STRING),
    ];

    fn object_of<const N: usize>(properties: [(&str, Value); N]) -> Object {
        properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn secret(value: impl Into<Value>) -> Value {
        Value::Secret(Box::new(value.into()))
    }

    fn key(secret: Value) -> Value {
        object_of([("name", "n".into()), ("secret", secret)]).into()
    }

    #[test]
    fn rows_mark_in_answers_what_is_there() {
        let answer = |secret: Value, other: Value| {
            object_of([("password", secret), ("keys", vec![key(other)].into())])
        };
        let cases = [
            (answer("".into(), Value::Null), answer("".into(), Value::Null)),
            (answer("x".into(), "".into()), answer(secret("x"), "".into())),
            (answer("".into(), "y".into()), answer("".into(), secret("y"))),
        ];
        for (plain, marked) in cases {
            let mut values = plain;
            mark_what_is_there(FIELDS, &mut values);
            assert_eq!(values, marked);
        }
    }

    #[test]
    fn rows_mark_at_every_level_and_never_null() {
        struct Case {
            name: &'static str,
            plain: Value,
            marked: Value,
        }
        let cases = [
            Case { name: "password", plain: "x".into(), marked: secret("x") },
            Case { name: "password", plain: "".into(), marked: secret("") },
            Case { name: "password", plain: Value::Null, marked: Value::Null },
            Case { name: "password", plain: Value::Unknown, marked: secret(Value::Unknown) },
            Case { name: "password", plain: secret(Value::Null), marked: Value::Null },
            Case {
                name: "passwords",
                plain: Value::Array(vec![secret("x")]),
                marked: secret(vec!["x"]),
            },
            Case { name: "key", plain: key("x".into()), marked: key(secret("x")) },
            Case { name: "key", plain: key(Value::Null), marked: key(Value::Null) },
            Case { name: "key", plain: Value::Unknown, marked: Value::Unknown },
            Case { name: "key", plain: "{json}".into(), marked: secret("{json}") },
            Case {
                name: "keys",
                plain: vec![key("x".into())].into(),
                marked: vec![key(secret("x"))].into(),
            },
            Case {
                name: "keyring",
                plain: object_of([("a", key("x".into()))]).into(),
                marked: object_of([("a", key(secret("x")))]).into(),
            },
            Case { name: "plain", plain: "x".into(), marked: "x".into() },
            Case { name: "unknownToTheTable", plain: "x".into(), marked: "x".into() },
        ];
        for case in cases {
            let plain = object_of([(case.name, case.plain)]);
            let mut values = plain.clone();
            mark_by_table(FIELDS, &mut values);
            let shown = format!("{}: {values:?}", case.name);
            assert_eq!(values, object_of([(case.name, case.marked)]), "{shown}");
            // What the rows mark is what no text shows, without the marks too.
            let by_rows = Redactor::new().and(FIELDS, &plain);
            assert_eq!(by_rows.forms(), Redactor::new().and(&[], &values).forms(), "{shown}");
        }
    }

    #[test]
    fn marks_follow_the_inputs() {
        struct Case {
            like: Value,
            plain: Value,
            marked: Value,
        }
        let output =
            Value::from(Output { value: Some("x".into()), secret: true, dependencies: vec![] });
        let cases = [
            Case { like: secret("x"), plain: "y".into(), marked: secret("y") },
            Case { like: output, plain: "y".into(), marked: secret("y") },
            Case { like: secret("x"), plain: Value::Null, marked: Value::Null },
            Case { like: "x".into(), plain: "y".into(), marked: "y".into() },
            Case { like: key(secret("x")), plain: key("y".into()), marked: key(secret("y")) },
            Case { like: key(secret("x")), plain: "y".into(), marked: secret("y") },
            Case {
                like: Value::Array(vec!["x".into(), secret("x")]),
                plain: vec!["y", "z"].into(),
                marked: secret(vec!["y", "z"]),
            },
            Case {
                like: vec![key(secret("x"))].into(),
                plain: vec![key(secret("y"))].into(),
                marked: secret(vec![key("y".into())]),
            },
            Case { like: secret("x"), plain: secret("y"), marked: secret("y") },
        ];
        for case in cases {
            let mut values = object_of([("a", case.plain), ("b", "other".into())]);
            let like = object_of([("a", case.like), ("gone", secret("x"))]);
            mark_like(&mut values, &like);
            assert_eq!(values, object_of([("a", case.marked), ("b", "other".into())]), "{like:?}");
        }
    }

    #[test]
    fn what_is_left_is_what_is_secret_and_not_given_anew() {
        struct Case {
            old: Value,
            new: Value,
            left: Option<Value>,
        }
        let of = object_of::<1>;
        let output =
            |value| Output { value: Some(value), secret: true, ..Output::default() }.into();
        let both = |a: Value, b: Value| object_of([("a", a), ("b", b)]);
        let cases = [
            Case { old: secret("x"), new: Value::Null, left: Some(secret("x")) },
            Case { old: secret("x"), new: "y".into(), left: None },
            Case {
                old: output(both("x".into(), "y".into()).into()),
                new: of([("a", "z".into())]).into(),
                left: Some(of([("b", secret("y"))]).into()),
            },
            Case { old: secret("x"), new: "".into(), left: None },
            Case { old: "x".into(), new: Value::Null, left: None },
            Case {
                old: both(secret("x"), "y".into()).into(),
                new: of([("b", "z".into())]).into(),
                left: Some(of([("a", secret("x"))]).into()),
            },
            Case {
                old: of([("deep", both(secret("x"), secret("y")).into())]).into(),
                new: of([("deep", both(Value::Null, "z".into()).into())]).into(),
                left: Some(of([("deep", of([("a", secret("x"))]).into())]).into()),
            },
            Case {
                old: secret(both("x".into(), of([("deep", "y".into())]).into())),
                new: of([("b", object_of([]).into())]).into(),
                left: Some(both(secret("x"), of([("deep", secret("y"))]).into()).into()),
            },
            Case {
                old: secret(both("x".into(), Value::Null)),
                new: object_of([]).into(),
                left: Some(both(secret("x"), Value::Null).into()),
            },
            Case {
                old: secret(object_of([("__defaults", vec!["a"].into()), ("a", "x".into())])),
                new: of([("a", "y".into())]).into(),
                left: Some(object_of([]).into()),
            },
            Case { old: secret(of([("a", "x".into())])), new: "{json}".into(), left: None },
            Case { old: secret(vec!["x", "y"]), new: vec!["x"].into(), left: None },
            Case { old: secret(vec!["x"]), new: Value::Array(vec![]), left: None },
            Case {
                old: secret(vec![of([("a", "x".into())]), both("".into(), "y".into())]),
                new: vec![of([("a", "x".into())])].into(),
                left: Some(secret(vec![of([("a", "x".into())]), both("".into(), "y".into())])),
            },
            Case {
                old: secret(vec![both("x".into(), "".into())]),
                new: vec![of([("a", "z".into())])].into(),
                left: None,
            },
            Case {
                old: vec![key(secret("x"))].into(),
                new: vec![of([("name", "n".into())])].into(),
                left: None,
            },
        ];
        for Case { old, new, left: expected } in cases {
            let shown = format!("{old:?}, {new:?}");
            let got = left(&object_of([("p", old)]), &object_of([("p", new)]));
            assert_eq!(got.get("p"), expected.as_ref(), "{shown}");
        }
    }

    #[test]
    fn secrets_are_found_in_outputs_assets_and_archives() {
        let text = |text: &str| Some(AssetSource::Text(text.to_owned()));
        let asset = |source| Value::from(Asset { hash: String::new(), source });
        let assets = object_of([("a", secret(asset(text("canary-archive"))))]);
        let source = Some(ArchiveSource::Assets(assets));
        let output =
            Output { value: Some("canary-output".into()), secret: true, ..Output::default() };
        let values = object_of([
            ("output", output.into()),
            ("asset", secret(asset(text("canary-asset")))),
            ("archive", Archive { hash: String::new(), source }.into()),
        ]);
        let secrets = Redactor::new().and(&[], &values);
        for secret in ["canary-output", "canary-asset", "canary-archive"] {
            assert_eq!(secrets.redact(secret), REDACTED, "{secret}");
        }
    }

    #[test]
    fn texts_lose_the_secrets_of_marks_and_rows() {
        struct Case {
            secret: Value,
            text: &'static str,
            redacted: &'static str,
        }
        let cases = [
            Case { secret: "hunter2".into(), text: "got hunter2", redacted: "got [secret]" },
            Case { secret: "hunter2".into(), text: "nothing", redacted: "nothing" },
            Case {
                secret: "a\"b\n".into(),
                text: "got \"a\\\"b\\n\"",
                redacted: "got \"[secret]\"",
            },
            Case {
                secret: "ab".into(),
                text: "ab cab \"ab\"",
                redacted: "[secret] cab \"[secret]\"",
            },
            Case { secret: "e".into(), text: "expected e", redacted: "expected [secret]" },
            Case { secret: 8443.into(), text: "got 8443", redacted: "got [secret]" },
            Case { secret: "".into(), text: "got \"\"", redacted: "got \"\"" },
            Case {
                secret: "first line\n  second\u{7}\n".into(),
                text: "got first line second",
                redacted: "got [secret]",
            },
            Case { secret: "\u{7}".into(), text: "nothing", redacted: "nothing" },
            Case { secret: "hünter22".into(), text: "hünt… (x)", redacted: "[secret]… (x)" },
            Case {
                secret: "hünter22".into(), text: "hün… … hü…", redacted: "hün… … hü…"
            },
            Case {
                secret: vec!["pass", "password"].into(),
                text: "got password",
                redacted: "got [secret]",
            },
        ];
        for case in cases {
            let by_mark = object_of([("plain", secret(case.secret.clone()))]);
            let by_row = object_of([("password", case.secret)]);
            for values in [by_mark, by_row] {
                let redactor = Redactor::new().and(FIELDS, &values);
                assert_eq!(redactor.redact(case.text), case.redacted);
                assert_eq!(redactor.redacted(case.text.to_owned()), case.redacted);
            }
        }
    }
}

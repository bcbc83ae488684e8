//! Where one object lives: its path, its id, and the properties that stand in these.

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::table::rest::{
    Class, Collection, Listing, Piece, Resource, Template, WireObject,
};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use super::lists::Key;
use crate::api::Path;

/// Where the resources of a type live that have one parent, if they have any.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    pub(super) resource: &'static Resource,
    /// Where the API lists them, or has the only one.
    pub(super) path: Path,
    /// The properties that stand in the path and the id, as far as they are known.
    rows: Vec<(&'static str, String)>,
}

/// Where one object lives.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(super) home: Home,
    /// Its id in the state.
    pub(crate) id: String,
    /// What the API knows it by among those of its home; empty where it is alone there, or an entry of a list.
    pub(super) own: String,
    /// What tells it from others, where it is an entry of a list.
    pub(super) key: Key,
    pub(super) at: Path,
}

impl Home {
    /// Where a resource with these inputs or outputs lives.
    ///
    /// # Errors
    /// A fault of the table: it names no REST API. A property of the path that is not given.
    pub(super) fn of(resource: &'static Resource, values: &Object) -> Result<Home, Error> {
        Home::from(resource, |row| {
            values
                .get(row)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        })
    }

    fn from(
        resource: &'static Resource,
        value: impl Fn(&str) -> Option<String>,
    ) -> Result<Home, Error> {
        let Some(template) = resource.class.path() else {
            return Err(fault(resource, "has no place in the API"));
        };
        let (mut path, mut rows) = (Path::default(), Vec::new());
        for piece in template.pieces() {
            path = match piece {
                Piece::Text(text) => path.below(text),
                Piece::Row(row) => {
                    let Some(text) = value(row) else {
                        let text =
                            format!("`{row}` says where the {} lives, and is empty", resource.name);
                        return Err(Error::new(ErrorKind::InvalidArgument, text));
                    };
                    rows.push((row, text.clone()));
                    path.named(text)
                }
            };
        }
        // What else stands in the id tells one entry of a list from others.
        let more = resource.class.id().into_iter().flat_map(Template::rows);
        for row in more.filter(|row| !template.names(row)) {
            rows.extend(value(row).map(|text| (row, text)));
        }
        Ok(Home { resource, path, rows })
    }

    /// Where the one lives that the API knows by `own`.
    pub(super) fn site(&self, own: &str) -> Site {
        let id = match self.resource.class.id() {
            Some(form) => self.filled(form, own),
            None => own.to_owned(),
        };
        let at = self.path.clone().named(own);
        Site { at, id, own: own.to_owned(), key: Key::new(), home: self.clone() }
    }

    /// Where the only one lives that is there. Its id is made up where its class has no form for it.
    pub(super) fn alone(&self) -> Site {
        let id = match self.resource.class.id() {
            Some(form) => self.filled(form, ""),
            None => made_up_id(),
        };
        self.alone_with(id.as_str())
    }

    fn alone_with(&self, id: &str) -> Site {
        let (id, at) = (id.to_owned(), self.path.clone());
        Site { at, id, own: String::new(), key: Key::new(), home: self.clone() }
    }

    /// Where the entry of the list lives that a program gives.
    pub(super) fn entry(&self, inputs: &Object) -> Site {
        let id = self.resource.class.id().map(|form| self.filled(form, "")).unwrap_or_default();
        self.entry_with(&id, |row| inputs.get(row).and_then(Value::as_str).map(str::to_owned))
    }

    fn entry_with(&self, id: &str, value: impl Fn(&str) -> Option<String>) -> Site {
        let Class::Member(of) = self.resource.class else {
            return self.alone_with(id);
        };
        let row = |wire: &&str| {
            let mut rows = self.resource.fields.iter();
            rows.find(|row| row.wire_name() == *wire).and_then(|row| value(row.name))
        };
        let key: Key = of.of.key.iter().map(|wire| row(wire).unwrap_or_default()).collect();
        let at = key.iter().fold(self.path.clone(), |path, part| path.named(part));
        Site { at, id: id.to_owned(), own: String::new(), key, home: self.clone() }
    }

    /// Another path of the API, of which the properties of this one tell the names.
    pub(super) fn elsewhere(&self, template: Template) -> Path {
        path_of(template, |row| self.row(row))
    }

    fn row(&self, name: &str) -> &str {
        self.rows().find(|(row, _)| *row == name).map_or("", |(_, text)| text)
    }

    /// The object of the list that this is, with where it lives; `None` where it has no id.
    pub(super) fn object(&self, json: Json) -> Option<(Site, WireObject)> {
        let Json::Object(members) = json else {
            return None;
        };
        let own = self.own_id(&members)?;
        Some((self.site(&own), members))
    }

    /// What the API knows an object of the list by.
    pub(super) fn own_id(&self, members: &WireObject) -> Option<String> {
        let Class::Collection(Collection { id_member, .. }) = self.resource.class else {
            return None;
        };
        let own = members.get(id_member)?.as_str().filter(|id| !id.is_empty())?;
        Some(own.to_owned())
    }

    /// Whether the API has a list of those that live here.
    pub(super) fn is_listed(&self) -> bool {
        self.listing().is_some()
    }

    /// How the API lists those that live here; `None` where it does not.
    pub(super) fn listing(&self) -> Option<Listing> {
        match self.resource.class {
            Class::Collection(of) if of.listing.is_there() => Some(of.listing),
            _ => None,
        }
    }

    /// The properties that stand in the path.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.rows.iter().map(|(row, text)| (*row, text.as_str()))
    }

    fn filled(&self, form: Template, own: &str) -> String {
        form.filled(|row| if row == "id" { own } else { self.row(row) })
    }
}

impl Site {
    /// Where the resource with that id lives, of which `known` tells if there is a state.
    ///
    /// What the state says of the path goes before the id, in whose parts the separator may stand too.
    ///
    /// # Errors
    /// A fault of the table: it names no REST API. An id that does not have the form of the type's.
    pub(crate) fn of_id(
        resource: &'static Resource,
        id: &str,
        known: Option<&Object>,
    ) -> Result<Site, Error> {
        let form = resource.class.id();
        let parts = form.and_then(|form| split(form, id));
        let part = |row: &str| {
            let (_, text) = parts.as_ref()?.iter().find(|(name, _)| *name == row)?;
            Some((*text).to_owned())
        };
        let home = Home::from(resource, |row| {
            let stored = known.and_then(|known| known.get(row)?.as_str());
            stored.filter(|text| !text.is_empty()).map(str::to_owned).or_else(|| part(row))
        });
        let wrong = |form: Template| {
            let (name, form) = (resource.name, form.as_str());
            let text = format!("{id:?} is no id of a {name}: it has the form `{form}`");
            Error::new(ErrorKind::InvalidArgument, text)
        };
        let home = match (home, form) {
            (Err(_), Some(form)) if parts.is_none() => return Err(wrong(form)),
            (home, _) => home?,
        };
        match (resource.class, form) {
            (Class::Collection(_), None) => Ok(home.site(id)),
            (Class::Collection(_), Some(form)) => {
                // Where the state knows the parts before it, what follows them is all its own.
                let before = home.filled(form, "");
                let own = id.strip_prefix(before.as_str()).map(str::to_owned);
                let own = own.filter(|_| form.as_str().ends_with("{id}")).or_else(|| part("id"));
                own.map(|own| home.site(&own)).ok_or_else(|| wrong(form))
            }
            _ => {
                let rows = home.rows.clone();
                Ok(home.entry_with(id, |row| {
                    rows.iter().find(|(name, _)| *name == row).map(|(_, text)| text.clone())
                }))
            }
        }
    }
}

/// The path of that template, with these names in the place of rows.
pub(super) fn path_of<'a>(template: Template, name: impl Fn(&'static str) -> &'a str) -> Path {
    template.pieces().fold(Path::default(), |path, piece| match piece {
        Piece::Text(text) => path.below(text),
        Piece::Row(row) => path.named(name(row)),
    })
}

/// The parts of an id of that form; `None` where it has another.
///
/// Of a part in which the separator stands too, the last takes all that is left.
fn split(form: Template, id: &str) -> Option<Vec<(&'static str, &str)>> {
    let (mut parts, mut rest, mut open) = (Vec::new(), id, None);
    for piece in form.pieces() {
        match (piece, open) {
            (Piece::Row(row), _) => open = Some(row),
            (Piece::Text(text), Some(row)) => {
                let (part, after) = rest.split_once(text)?;
                parts.push((row, part));
                (rest, open) = (after, None);
            }
            (Piece::Text(text), None) => rest = rest.strip_prefix(text)?,
        }
    }
    match open {
        Some(row) => parts.push((row, rest)),
        None if rest.is_empty() => {}
        None => return None,
    }
    parts.iter().all(|(_, part)| !part.is_empty()).then_some(parts)
}

/// An id for what the API gives none: a random UUID, as the published provider has it.
fn made_up_id() -> String {
    let random = (fastrand::u128(..) & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let digits = format!("{random:032x}");
    let [a, b, c, d, e] =
        [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    format!("{a}-{b}-{c}-{d}-{e}")
}

fn fault(resource: &Resource, what: &str) -> Error {
    let text = format!("{} {what}: report this to the provider's authors", resource.name);
    Error::new(ErrorKind::Unimplemented, text)
}

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::table::rest::*;
    use serde_json::json;

    use super::*;
    use crate::rest::testing::object;

    const ROOM: Resource =
        resource("Room", collection("houses/{house}/rooms").id_form("{house}::{id}"))
            .fields(&[required("house", STRING).replaces()]);

    const KEY: Resource = resource("Key", document("keys/{name}").id_form("{name}").deleted())
        .fields(&[required("name", STRING).replaces()]);

    const HOUSE: Resource = resource("House", singleton("house").stays("the house stays"));

    fn path(site: &Site) -> String {
        let segments: Vec<&str> = site.at.segments().collect();
        segments.join("/")
    }

    #[test]
    fn an_id_and_what_the_state_knows_tell_where_an_object_is() {
        struct Case {
            resource: &'static Resource,
            id: &'static str,
            known: Option<&'static str>,
            at: Result<&'static str, &'static str>,
        }
        let case = |resource, id, known, at| Case { resource, id, known, at };
        let form = Err("\"r1\" is no id of a Room: it has the form `{house}::{id}`");
        let cases = [
            case(&ROOM, "h1::r1", None, Ok("houses/h1/rooms/r1")),
            case(&ROOM, "h1::r::1", None, Ok("houses/h1/rooms/r::1")),
            case(&ROOM, "h::1::r1", Some("h::1"), Ok("houses/h::1/rooms/r1")),
            case(&ROOM, "r1", None, form),
            case(&ROOM, "r1", Some("h1"), form),
            case(&KEY, "a", None, Ok("keys/a")),
            case(&KEY, "a", Some("b"), Ok("keys/a")),
            case(&HOUSE, "whatever", None, Ok("house")),
        ];
        for case in cases {
            let known = case.known.map(|house| object(json!({ "house": house })));
            let site = Site::of_id(case.resource, case.id, known.as_ref());
            let at = site.as_ref().map(path).map_err(|error| error.message.clone());
            assert_eq!(at, case.at.map(str::to_owned).map_err(str::to_owned), "{}", case.id);
            if let Ok(site) = site {
                assert_eq!(site.id, case.id);
            }
        }
    }

    #[test]
    fn what_a_program_gives_tells_where_to_make_it() {
        let home = Home::of(&ROOM, &object(json!({"house": "h1"}))).unwrap();
        let (site, _) = home.object(json!({"id": "r1", "doors": 2})).unwrap();
        assert_eq!((site.id.as_str(), path(&site)), ("h1::r1", "houses/h1/rooms/r1".to_owned()));
        assert!(home.object(json!({"doors": 2})).is_none());
        let error = Home::of(&ROOM, &Object::new()).unwrap_err().message;
        assert_eq!(error, "`house` says where the Room lives, and is empty");
    }

    #[test]
    fn what_is_alone_without_an_id_gets_one_of_its_own() {
        let home = Home::of(&HOUSE, &Object::new()).unwrap();
        let (one, other) = (home.alone().id, home.alone().id);
        assert_ne!(one, other);
        let shape: String = one.chars().map(|c| if c == '-' { '-' } else { 'x' }).collect();
        assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
        assert_eq!(&one[14..15], "4");
        assert!(one[19..20].contains(['8', '9', 'a', 'b']), "{one}");
    }
}

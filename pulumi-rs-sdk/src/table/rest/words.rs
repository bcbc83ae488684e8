//! The words of rows and resources that only an interpreter of REST tables reads.

use super::WireName;
use super::dialects::Dialects;
use super::sought::Sought;
use crate::provider::Known;
use crate::table::kind::has;
use crate::table::{Codec, Field, Kind, Literal, Rare, Reset, Resource, Sent, WireObject};
use crate::value::Object;

/// # For providers of REST APIs
/// How the property is written in requests and read in answers, by an interpreter of such tables. The code of a
/// [`table::resource`](crate::table::resource) gets and gives properties by their own names, and these words say nothing there.
impl Field {
    /// Its name on the wire, where that is not its name in snake_case; dots lead into objects.
    pub const fn wire(mut self, name: &'static str) -> Self {
        self.wire = WireName::of(name);
        self
    }

    /// Its name on the wire is its own, in camelCase.
    pub const fn camel_case(self) -> Self {
        self.wire(self.name)
    }

    /// It is never sent: the API knows nothing of it.
    ///
    /// The framework has a change of it shown and updated as of any other, and no drift of it. The interpreter leaves it out of
    /// requests, and puts what the program gives into outputs.
    pub const fn local(mut self) -> Self {
        self.sent = Sent::Never;
        self
    }

    /// The API puts a changed object or map in place of the old one: a key that left is not sent, but
    /// for those that are [`Field::nullable`].
    ///
    /// An object that takes null is cleared first where a key has left it, in a request of its own.
    pub const fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// The API refuses an empty list: null is what clears it.
    pub const fn empty_is_null(mut self) -> Self {
        self.empty_is_null = true;
        self.nullable()
    }

    /// The API clears it where another top-level name is null; a value given for that one comes first.
    pub const fn nulled_at(mut self, wire: &'static str) -> Self {
        self.reset = Reset::NullAt(wire);
        self
    }

    /// An update sends it too where that property changes: the API does not take the one without the other.
    pub const fn goes_with(self, property: &'static str) -> Self {
        self.rarely(Rare::GoesWith(property))
    }

    /// Nobody can choose it, and yet the API wants this value in each request that has the block of the row.
    pub const fn sent_anyway(self, value: Literal) -> Self {
        self.rarely(Rare::SentAnyway(value))
    }

    /// The API has a list for it, which holds one value or none.
    pub const fn one_in_list(mut self) -> Self {
        self.codec = Codec::OneInList;
        self
    }

    /// The API has a list for the text, of one; `none` stands for an empty list.
    pub const fn one_or_none(mut self, none: &'static str) -> Self {
        self.codec = Codec::OneOrNone(none);
        self
    }

    /// The API has a single value for it, and the last of the list counts.
    pub const fn last_of_list(mut self) -> Self {
        assert!(matches!(self.kind, Kind::List(_)), "`last_of_list` is a word of lists");
        self.codec = Codec::LastOfList;
        self
    }

    /// The API puts a changed object in place of the old one, in which it holds what no row knows: the object is read before
    /// it is changed, and all is sent that the program has not taken out of it. What a row of it
    /// [`follows`](Field::follows) is left out where that changes, so that the server makes it anew. Of a map that is
    /// [`write_only`](Field::write_only), entries that the program has not given stop the change: nobody could put them back.
    pub const fn merged(self) -> Self {
        assert!(matches!(self.kind, Kind::Object(_)), "only an object is merged");
        self.rarely(Rare::Merged)
    }

    /// The API has the objects of the list as one, in which each stands under what its property `key` says: their order means
    /// nothing, and of two with one key the last counts.
    pub const fn keyed_by(mut self, key: &'static str) -> Self {
        assert!(
            matches!(self.kind, Kind::List(Kind::Object(of)) if of.has(key)),
            "objects of a list are keyed by a property of theirs"
        );
        self.codec = Codec::KeyedBy(key);
        self.unordered = true;
        self
    }

    /// The API has an object for each element of the list, which holds it under this name.
    pub const fn each_in(mut self, member: &'static str) -> Self {
        assert!(
            matches!(self.kind, Kind::List(of) if !matches!(of, Kind::Object(_))),
            "what stands in an object of its own is no object"
        );
        self.codec = Codec::EachIn(member);
        self
    }

    /// The text holds JSON, which outputs have over several lines, indented by four.
    pub const fn json_indented(mut self) -> Self {
        self.codec = Codec::IndentedJson;
        self
    }

    /// Some of its texts are spelled otherwise on the wire: pairs, in which the program's spelling is the first.
    pub const fn spelled(self, pairs: &'static [(&'static str, &'static str)]) -> Self {
        self.rarely(Rare::Spelled(pairs))
    }

    /// `true` is null at its wire name, which is that of another row: there is nothing of what that row holds. Outputs hold
    /// `true` where answers have null or nothing, and `false` beside an empty list too.
    pub const fn null_flag(mut self) -> Self {
        self.codec = Codec::NullFlag;
        self.assumed(|| true.into())
    }

    /// It is a number of hours, which the API takes as such where it is a whole one, and else as minutes under the name with
    /// `_in_minutes` behind it. What is the same minute is the same.
    pub const fn hours(mut self) -> Self {
        self.codec = Codec::Hours;
        self
    }

    /// Every request about the object has it as a header, if the provider knows one for it, and no body does.
    pub const fn in_header(self) -> Self {
        self.local().rarely(Rare::InHeader)
    }

    /// Answers have it at this wire path, in which a number is a place in a list.
    pub const fn shown_at(self, path: &'static str) -> Self {
        self.rarely(Rare::ShownAt(path))
    }

    /// The API lays the object over the old one: an update sends of it what has changed, and nothing else. The same of a text
    /// that holds a JSON object, where null takes out what has left it.
    pub const fn overlaid(self) -> Self {
        self.rarely(Rare::Overlaid)
    }

    /// `"true"`, `"false"` and `"null"` stand for the JSON values.
    pub const fn tri_state(mut self) -> Self {
        self.codec = Codec::TriState;
        self
    }

    /// The text `"null"` stands for null.
    pub const fn null_text(mut self) -> Self {
        self.codec = Codec::NullText;
        self
    }

    /// The field `disable` of the block, or of one in the list, stands for null on the wire.
    pub const fn disable_block(mut self) -> Self {
        self.codec = Codec::DisableBlock;
        self
    }

    /// The API takes `true` alone: `false` is left out.
    pub const fn only_true(mut self) -> Self {
        self.codec = Codec::OnlyTrue;
        self
    }

    /// Its name on the wire.
    pub fn wire_name(&self) -> &str {
        self.wire.as_str()
    }
}

/// # For providers of REST APIs
/// What an interpreter of such tables sends beside the rows, and makes of an answer.
impl Resource {
    /// What a create sends beside the rows, from the checked inputs.
    pub const fn create_with(mut self, members: fn(&Object) -> WireObject) -> Self {
        self.create_with = Some(members);
        self
    }

    /// The last word on outputs, from what was known before the answer: inputs or old outputs.
    pub const fn adjust(mut self, outputs: fn(&mut Object, &Object)) -> Self {
        self.adjust = Some(outputs);
        self
    }

    /// What an update from the old state to the new inputs has to send first, in a request of its own.
    pub const fn update_first(
        mut self,
        members: fn(&Known, &Object) -> Option<WireObject>,
    ) -> Self {
        self.update_first = Some(members);
        self
    }

    /// The API changes one of these wire names at a time: of several that change, each goes in a request of its own.
    pub const fn apart(mut self, names: &'static [&'static str]) -> Self {
        self.apart = names;
        self
    }

    /// The API has one at most with the same value of one of these rows, and shows which: so is one found again that a create
    /// has made whose answer was lost. It is this resource's if it is as the program says.
    pub const fn sought(mut self, rows: &'static [Sought]) -> Self {
        let mut index = 0;
        while index < rows.len() {
            assert!(has(self.fields, rows[index].row), "`sought` names no row of the resource");
            index += 1;
        }
        self.sought = rows;
        self
    }

    /// An object inside is said in dialects.
    pub const fn dialects(mut self, dialects: &'static Dialects) -> Self {
        assert!(!self.fields.is_empty(), "`dialects` follows the rows");
        assert!(
            has(self.fields, dialects.by) && has(self.fields, dialects.under),
            "dialects are of one row, by the value of another"
        );
        self.dialects = Some(dialects);
        self
    }

    /// To make one, or to change it, may take so many seconds, where the program does not say by `customTimeouts`. The state
    /// holds it for a bridged provider, should the stack go back to one.
    pub const fn create_timeout(mut self, seconds: u32) -> Self {
        self.create_timeout = Some(seconds);
        self
    }
}

//! A row of a table: one property, and how it differs from the ordinary.

use super::Kind;
use super::rest::WireName;
use crate::value::{Object, Value};

/// One property.
///
/// A row is made by [`required`], [`optional`], [`computed`] or [`output`] and says by modifiers only
/// what differs from the ordinary: compared in order, cleared by the zero value of its kind. What only
/// providers of REST APIs need to say of it stands apart, in an `impl` of its own.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The Pulumi name, camelCase.
    pub name: &'static str,
    /// Who gives the value.
    pub presence: Presence,
    /// What it holds.
    pub kind: Kind,
    /// What it is, for the user who hovers over it.
    pub doc: &'static str,
    /// The name on the wire, usually the snake_case of [`Field::name`]; dots lead into objects.
    pub wire: WireName,
    /// How the value is written on the wire.
    pub codec: Codec,
    /// Whether a change makes a new resource.
    pub replaces: bool,
    /// Whether a block that appears or vanishes makes a new resource, though a change in it does not.
    pub replaces_if_it_comes_or_goes: bool,
    /// Whether a change makes a new resource although the schema does not say so.
    pub moves: bool,
    /// Whether the value is secret wherever it appears.
    pub secret: bool,
    /// Whether the order of the list means nothing.
    pub unordered: bool,
    /// When the value is sent.
    pub sent: Sent,
    /// Whether answers leave it out, so that only the state knows it.
    pub write_only: bool,
    /// How a value that leaves the program is cleared.
    pub reset: Reset,
    /// Whether the API puts a changed object or map, with all in it, in place of the old one, and does
    /// not merge it.
    pub whole: bool,
    /// What the server gives by itself, so that clearing it would change nothing.
    pub usual: Usual,
    /// Whether the object says something by being there, though nothing be in it.
    pub switch: bool,
    /// The value that Check fills in.
    pub default: Option<Literal>,
    /// Whether the SDKs are not told of that value.
    pub is_untold: bool,
    /// What values are allowed; others are refused.
    pub constraint: Constraint,
    /// What else the API states of values; of others, a preview warns.
    pub stated: &'static [Constraint],
    /// Whether Check makes up a name where none is given.
    pub autonamed: bool,
    /// Why not to use it any more.
    pub deprecated: Option<&'static str>,
    /// What it is made of, so that a preview does not show it as kept where that changes.
    pub follows: Follows,
    /// What it will be, from the inputs, where a preview can know it.
    pub foreseen: Option<fn(&Object) -> Option<Value>>,
    /// Whether its zero value is a value like others, and not as good as none.
    pub zero_counts: bool,
    /// What outputs hold where the server has no value.
    pub absent: Absent,
    /// Whether the API refuses an empty list, and takes null in its place.
    pub empty_is_null: bool,
    /// By what other property it counts at all.
    pub when: Option<When>,
    /// Whether outputs never hold it, and a change of it alone is none.
    pub never_stored: bool,
    /// A word that few rows have, and none has two of.
    pub rare: Rare,
}

/// A word of a row that few have: they share a place, since every row is in memory from the start on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rare {
    /// None of them.
    Nothing,
    /// The environment variables that the SDKs take a default from.
    DefaultEnv(&'static [&'static str]),
    /// The values with which an update is due, though the program is as it was.
    DueAt(&'static [&'static str]),
    /// How the entries of the list are told from those of others, which are left alone.
    Guarded(&'static Guard),
    /// Functions give the blocks in it as blocks, though it is a list itself there.
    BlocksStay,
    /// What a request that has the block of the row holds, whatever the program gives.
    SentAnyway(Literal),
    /// The API lays the object over the old one, so that what has changed in it goes alone.
    Overlaid,
    /// How some of its texts are spelled on the wire: the first of each pair is the program's.
    Spelled(&'static [(&'static str, &'static str)]),
    /// The object is read before it is changed, and what the program does not know of it is sent along.
    Merged,
    /// The members of its JSON that say nothing where they are false.
    FalseSaysNothing(&'static [&'static str]),
    /// It cannot be changed once it was given.
    Once,
    /// It is sent too where the property of that name changes.
    GoesWith(&'static str),
    /// Every request about the object has it as a header.
    InHeader,
    /// Answers have it at another wire path.
    ShownAt(&'static str),
    /// Answers have it behind a name and this character.
    Behind(char),
}

/// How the entries of a list are told apart in which nobody can read something back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// The property by which.
    pub by: &'static str,
    /// The property that sends the list too where it changes.
    pub sent_with: Option<&'static str>,
}

/// By this property of theirs.
pub const fn guard(by: &'static str) -> Guard {
    Guard { by, sent_with: None }
}

impl Guard {
    /// The list is sent where that other property changes too: its version, since what is never stored cannot be compared.
    pub const fn sent_with(mut self, version: &'static str) -> Self {
        self.sent_with = Some(version);
        self
    }
}

/// A property by whose value another one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// Its name: a neighbour, else a neighbour of the block that the row is in, and so on.
    pub row: &'static str,
    /// The values with which it does; a flag's are `true` and `false`.
    pub values: &'static [&'static str],
}

/// Who gives the value of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The user must.
    Required,
    /// The user may; otherwise there is none.
    Optional,
    /// The user may; otherwise the server does.
    Computed,
    /// The server only.
    Output,
}

/// What the value of a property that the program does not give is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// Of nothing that an update changes: it stays as it is.
    Nothing,
    /// Of these other properties.
    Rows(&'static [&'static str]),
    /// It may be another after every update.
    Update,
    /// It may be another after every update with which this flag is set.
    UpdateIf(&'static str),
}

/// How a value is written on the wire, where that is not the plain JSON of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// As the JSON of its kind.
    Plain,
    /// The strings `"true"`, `"false"` and `"null"` stand for `true`, `false` and `null`.
    TriState,
    /// The text `"null"` stands for null.
    NullText,
    /// A block whose field `disable` stands for null: `{disable: true}` is null on the wire, and so is a list with such a
    /// block.
    DisableBlock,
    /// A text that holds JSON: the JSON itself on the wire, compared as JSON.
    JsonText,
    /// A single value that is a list on the wire, of one or none.
    OneInList,
    /// A text that is a list on the wire, of this one; the text here stands for an empty list.
    OneOrNone(&'static str),
    /// A list that is a single value on the wire, its last.
    LastOfList,
    /// A list of objects that the wire has as one object, in which they stand under what their property of this name says.
    KeyedBy(&'static str),
    /// A list of which each element stands under this name in an object of its own on the wire.
    EachIn(&'static str),
    /// The same, and outputs hold it over several lines, indented by four.
    IndentedJson,
    /// A flag that can only be set: `false` is left out.
    OnlyTrue,
    /// A flag that stands for null at a wire name that another row has: `false` where that row has a value.
    NullFlag,
    /// A number of hours: where it is no whole one, minutes under the name with `_in_minutes` behind it.
    Hours,
    /// A time, which outputs hold as Go prints it: `2026-06-08 19:51:58.379 +0000 UTC`.
    GoTime,
    /// A time, which outputs hold without a fraction of a second.
    WholeSeconds,
}

/// When the value of a property is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// On create and when changed.
    CreateAndChange,
    /// On create only; the API does not take a change.
    Create,
    /// When changed, and in a request of its own once the object is made: the API does not take it on create.
    Change,
    /// Never, since the server alone says what it is; answers show it.
    Ignored,
    /// Never: it is not a matter of the API.
    Never,
}

/// What a value that leaves the program becomes on the server.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reset {
    /// The zero value of its kind: `""`, `false`, `[]`, null for numbers and objects.
    Zero,
    /// Null.
    Null,
    /// Null, at this other top-level name on the wire.
    NullAt(&'static str),
    /// This value.
    Value(Literal),
    /// Each field of the object what its own row says.
    Fields,
    /// It cannot be cleared: it stays, and that is no difference.
    Keep,
}

/// What the server gives by itself where nobody sets a value.
///
/// It is known from answers of the server, never guessed: what is taken for it wrongly hides what
/// somebody set.
#[derive(Debug, Clone, Copy)]
pub enum Usual {
    /// Nothing that is known.
    Unknown,
    /// This value.
    Value(Literal),
    /// Values of which this is true.
    Is(fn(&Value) -> bool),
}

/// What outputs hold where the server has no value.
#[derive(Debug, Clone, Copy)]
pub enum Absent {
    /// The zero value of the kind: of a block, null.
    Zero,
    /// Null.
    Null,
    /// A block of zero values.
    Block,
    /// What the server takes the absence for.
    Assumed(fn() -> Value),
}

/// A scalar that can stand in a `const`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Literal {
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i32),
    /// A text.
    String(&'static str),
}

impl From<Literal> for Value {
    fn from(literal: Literal) -> Self {
        match literal {
            Literal::Bool(flag) => flag.into(),
            Literal::Int(number) => number.into(),
            Literal::String(text) => text.into(),
        }
    }
}

/// What values are allowed; of a list or map, what elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// All of the kind.
    Any,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// One of these texts, in upper or lower case.
    OneOfIgnoringCase(&'static [&'static str]),
    /// A number from the first to the second, both included.
    Range(i64, i64),
    /// A text of at least and at most so many characters.
    Length(usize, usize),
    /// An `https://` address, or an empty text.
    HttpsUrlOrEmpty,
    /// An absolute address with one of these schemes; with any where there are none.
    Address(&'static [&'static str]),
    /// One of these texts, as far as anybody knows: there may be others.
    Known(&'static [&'static str]),
    /// A text without any of these characters.
    Without(&'static str),
    /// A text of these characters; a dash between two means all from the one to the other.
    Characters(&'static str),
    /// A text that begins like this.
    Prefix(&'static str),
    /// A text that begins like this, and behind it has a name without dots and white space.
    NameIn(&'static str),
    /// An IP address or a range of them, `192.0.2.0/24` for instance.
    Network,
    /// A list or map, itself, of at least and at most so many entries.
    Entries(usize, usize),
    /// A map, itself, whose keys have at most so many characters.
    KeyLength(usize),
    /// A map, itself, whose keys are of these characters, as in [`Constraint::Characters`].
    KeyCharacters(&'static str),
}

const fn field(name: &'static str, presence: Presence, kind: Kind) -> Field {
    Field {
        name,
        presence,
        kind,
        doc: "",
        wire: WireName::snake_case(name),
        codec: Codec::Plain,
        replaces: false,
        replaces_if_it_comes_or_goes: false,
        moves: false,
        secret: false,
        unordered: false,
        sent: Sent::CreateAndChange,
        write_only: false,
        reset: match presence {
            Presence::Required | Presence::Optional => Reset::Zero,
            Presence::Computed if matches!(kind, Kind::Object(_)) => Reset::Fields,
            Presence::Computed | Presence::Output => Reset::Keep,
        },
        whole: false,
        usual: Usual::Unknown,
        switch: false,
        default: None,
        is_untold: false,
        constraint: Constraint::Any,
        stated: &[],
        autonamed: false,
        deprecated: None,
        follows: Follows::Nothing,
        foreseen: None,
        zero_counts: false,
        absent: Absent::Zero,
        empty_is_null: false,
        when: None,
        never_stored: false,
        rare: Rare::Nothing,
    }
}

/// A property that the user must give. Of a scalar, the zero value is a value: `""`, `0`, `false`.
pub const fn required(name: &'static str, kind: Kind) -> Field {
    field(name, Presence::Required, kind)
}

/// A property that the user may give; otherwise there is none.
///
/// The zero value of its kind (`""`, `0`, `false`, nothing in a list) is taken for none, unless
/// [`Field::zero_is_a_value`].
pub const fn optional(name: &'static str, kind: Kind) -> Field {
    field(name, Presence::Optional, kind)
}

/// A property that the user may give; otherwise the server does.
pub const fn computed(name: &'static str, kind: Kind) -> Field {
    field(name, Presence::Computed, kind)
}

/// A property that only the server gives.
///
/// The preview of an update shows it as it is stored, so that what depends on it is not disturbed. Where that is not true, a
/// plan breaks: what is made of other properties says so by [`Field::follows`], what every update changes by
/// [`Field::changes_with_updates`]; so does what changes by itself, such as a count of others, since an update's answer then
/// holds the new value.
pub const fn output(name: &'static str, kind: Kind) -> Field {
    field(name, Presence::Output, kind)
}

impl Field {
    /// What it is, in one or two sentences.
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// A change of it makes a new resource.
    pub const fn replaces(mut self) -> Self {
        self.replaces = true;
        self
    }

    /// A block that appears or vanishes makes a new resource; what changes in it does not.
    pub const fn replaces_if_it_comes_or_goes(mut self) -> Self {
        self.replaces_if_it_comes_or_goes = true;
        self
    }

    /// A change of it makes a new resource, which the schema does not say: what it stands in for has another place in
    /// its path, and leaves behind what was in the old one.
    pub const fn moves(mut self) -> Self {
        self.moves = true;
        self
    }

    /// Its value is secret.
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// The order of its elements means nothing.
    pub const fn unordered(mut self) -> Self {
        self.unordered = true;
        self
    }

    /// It can be given on create only: Check refuses a change of it with a message that says so. Where a change is to make a
    /// new resource instead, it [`replaces`](Field::replaces).
    pub const fn create_only(mut self) -> Self {
        self.sent = Sent::Create;
        self
    }

    /// The API takes it on a change only: once the object is made, it is sent in a request of its own.
    pub const fn set_after_create(mut self) -> Self {
        self.sent = Sent::Change;
        self
    }

    /// The server alone says what it is, though a program may give it: it is never sent, and no difference.
    pub const fn ignored(mut self) -> Self {
        self.sent = Sent::Ignored;
        self
    }

    /// It counts only where the property of that name has one of these values: elsewhere it is not sent, and no
    /// difference. That property is a neighbour, or one of the block that the row is in, and so on.
    pub const fn when(mut self, row: &'static str, values: &'static [&'static str]) -> Self {
        self.when = Some(When { row, values });
        self
    }

    /// It is sent with what it stands in, and never stored: outputs hold null, and a change of it alone is no
    /// difference. What sends it again is another row, its version, which it [`follows`](Field::follows): as long as that is
    /// not zero, what answers have under the same wire name as another row's is this one's. Or a change of it is one where an
    /// output that follows it is [`foreseen`](Field::foreseen) to be another: a digest of it for instance.
    pub const fn never_stored(mut self) -> Self {
        self.never_stored = true;
        self.absent_is_null()
    }

    /// It is a list of objects in which nobody can read something back, so that an entry that goes is lost. Entries that the
    /// program has not given are somebody else's: outputs leave them out, and an update that sends the list is refused where
    /// it would take them away.
    pub const fn guarded(self, guard: &'static Guard) -> Self {
        assert!(
            matches!(self.kind, Kind::List(Kind::Object(of)) if of.has(guard.by)),
            "a list is guarded by a field of its objects"
        );
        self.rarely(Rare::Guarded(guard))
    }

    /// Where the state holds one of these texts, an update is due, though the program is as it was: what the server did by
    /// itself has failed, and is to be tried again.
    pub const fn due_at(self, texts: &'static [&'static str]) -> Self {
        self.rarely(Rare::DueAt(texts))
    }

    /// Functions give the blocks in this block as they are, and not as lists of one or none.
    pub const fn blocks_stay(self) -> Self {
        assert!(matches!(self.kind, Kind::Object(_)), "blocks stay in a block");
        self.rarely(Rare::BlocksStay)
    }

    /// Panics, and so does not compile, where it has another of these words.
    pub(crate) const fn rarely(mut self, word: Rare) -> Self {
        assert!(matches!(self.rare, Rare::Nothing), "no row has two of the rare words");
        self.rare = word;
        self
    }

    /// The environment variables that the SDKs take a default from.
    pub const fn environment(&self) -> &'static [&'static str] {
        match self.rare {
            Rare::DefaultEnv(variables) => variables,
            _ => &[],
        }
    }

    /// The property by which its entries are told from those of others, if they are.
    pub const fn guarded_by(&self) -> Option<&'static str> {
        match self.rare {
            Rare::Guarded(guard) => Some(guard.by),
            _ => None,
        }
    }

    /// The property that sends it too where it changes, if there is one.
    pub const fn sent_with(&self) -> Option<&'static str> {
        match self.rare {
            Rare::Guarded(guard) => guard.sent_with,
            _ => None,
        }
    }

    /// Nobody can read it back, as a password: the framework compares what the program gives with what it gave before, never
    /// with outputs, and a refresh shows no drift in it.
    ///
    /// It is not [`secret`](Field::secret) by that. The author's code hands back as outputs what the inputs hold, in a read what
    /// the old outputs do; an import has no value for it.
    pub const fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }

    /// The API takes null for it: that is how a value that leaves the program is cleared.
    pub const fn nullable(mut self) -> Self {
        self.reset = Reset::Null;
        self
    }

    /// Where answers leave it out, it is this: outputs hold it.
    pub const fn assumed(mut self, value: fn() -> Value) -> Self {
        self.absent = Absent::Assumed(value);
        self
    }

    /// Where there is none, outputs hold a block of zero values, not null.
    pub const fn always_a_block(mut self) -> Self {
        self.absent = Absent::Block;
        self
    }

    /// A value that leaves the program becomes this one.
    pub const fn reset(mut self, value: Literal) -> Self {
        self.reset = Reset::Value(value);
        self
    }

    /// The zero value of its kind clears it, though the server may give a value by itself.
    pub const fn emptied(mut self) -> Self {
        self.reset = Reset::Zero;
        self
    }

    /// The API has no way to clear it: it stays, and that is no difference.
    pub const fn kept(mut self) -> Self {
        self.reset = Reset::Keep;
        self
    }

    /// The server gives such a value by itself: it is no drift where the program gives none, an import
    /// leaves it out, and where it leaves the program nothing changes.
    pub const fn usual(mut self, is: fn(&Value) -> bool) -> Self {
        self.usual = Usual::Is(is);
        self
    }

    /// The server gives this value by itself; see [`Field::usual`].
    pub const fn server_default(mut self, value: Literal) -> Self {
        self.usual = Usual::Value(value);
        self
    }

    /// The value that the server gives by itself, if it is known and one.
    pub const fn server_default_value(&self) -> Option<Literal> {
        match self.usual {
            Usual::Value(literal) => Some(literal),
            Usual::Unknown | Usual::Is(_) => None,
        }
    }

    /// Whether the server gives such a value by itself.
    pub fn is_usual(&self, value: &Value) -> bool {
        match self.usual {
            Usual::Unknown => false,
            Usual::Value(literal) => *value == literal.into(),
            Usual::Is(is) => is(value),
        }
    }

    /// The object says something by being there, though nothing be in it: it is not the same as none.
    ///
    /// So is every object without fields.
    pub const fn switch(mut self) -> Self {
        self.switch = true;
        self
    }

    /// Check fills this in where the program gives nothing.
    pub const fn default(mut self, value: Literal) -> Self {
        self.default = Some(value);
        self
    }

    /// The SDKs are not told of the default: only Check knows it.
    pub const fn untold(mut self) -> Self {
        self.is_untold = true;
        self
    }

    /// The SDKs take a default from these environment variables.
    pub const fn default_env(self, variables: &'static [&'static str]) -> Self {
        self.rarely(Rare::DefaultEnv(variables))
    }

    /// Only these texts are allowed.
    pub const fn one_of(mut self, texts: &'static [&'static str]) -> Self {
        self.constraint = Constraint::OneOf(texts);
        self
    }

    /// Only these texts are allowed, in upper or lower case.
    pub const fn one_of_ignoring_case(mut self, texts: &'static [&'static str]) -> Self {
        self.constraint = Constraint::OneOfIgnoringCase(texts);
        self
    }

    /// Only numbers from `least` to `most` are allowed.
    pub const fn range(mut self, least: i64, most: i64) -> Self {
        self.constraint = Constraint::Range(least, most);
        self
    }

    /// Only numbers from `least` on are allowed.
    pub const fn at_least(self, least: i64) -> Self {
        self.range(least, i64::MAX)
    }

    /// Only texts of `least` to `most` characters are allowed.
    pub const fn length(mut self, least: usize, most: usize) -> Self {
        self.constraint = Constraint::Length(least, most);
        self
    }

    /// The text, or each element, must not be empty.
    pub const fn not_empty(self) -> Self {
        self.length(1, usize::MAX)
    }

    /// What the API states of values beyond what is refused: a preview warns of others, and they are sent.
    ///
    /// So where a provider that this one stands in for sends them.
    pub const fn stated(mut self, constraints: &'static [Constraint]) -> Self {
        self.stated = constraints;
        self
    }

    /// Only `https://` addresses and the empty text are allowed.
    pub const fn https_url(mut self) -> Self {
        self.constraint = Constraint::HttpsUrlOrEmpty;
        self
    }

    /// Only names that begin like this are allowed, with neither dots nor white space in the rest.
    pub const fn name_in(mut self, space: &'static str) -> Self {
        self.constraint = Constraint::NameIn(space);
        self
    }

    /// Check makes up a name from that of the resource where the program gives none.
    ///
    /// Where only certain texts are allowed there is none to make up: the SDKs do not ask for one, and Check does.
    pub const fn autonamed(mut self) -> Self {
        self.autonamed = true;
        self
    }

    /// It is made of these other properties: the preview of an update that changes one of them shows it as unknown, not as
    /// kept. It holds where the program does not give the value itself.
    pub const fn follows(mut self, properties: &'static [&'static str]) -> Self {
        self.follows = Follows::Rows(properties);
        self
    }

    /// It may be another after every update, as the time of the last change: the preview of one shows it as unknown.
    pub const fn changes_with_updates(mut self) -> Self {
        self.follows = Follows::Update;
        self
    }

    /// It may be another after every update with which that flag is set: the preview of one shows it as unknown.
    pub const fn changes_with_updates_if(mut self, flag: &'static str) -> Self {
        self.follows = Follows::UpdateIf(flag);
        self
    }

    /// A preview knows what it will be, from the inputs: a digest of another property for instance. `None` where it does
    /// not, since an input is unknown. Pure: no I/O. It is asked on create and where what it [follows](Field::follows)
    /// changes: say both.
    pub const fn foreseen(mut self, value: fn(&Object) -> Option<Value>) -> Self {
        self.foreseen = Some(value);
        self
    }

    /// Its zero value, `""`, `0` or `false`, is a value like others: it is imported, to add it is a change, and where there is
    /// none outputs hold null.
    pub const fn zero_is_a_value(mut self) -> Self {
        self.zero_counts = true;
        self.absent_is_null()
    }

    /// Why not to use it any more.
    pub const fn deprecated(mut self, why: &'static str) -> Self {
        self.deprecated = Some(why);
        self
    }

    /// The server puts a name and this character before the text, and outputs have it so: with and without that name it is the
    /// same. A preview of what is about to be made does not know the name.
    pub const fn behind(self, separator: char) -> Self {
        self.rarely(Rare::Behind(separator))
    }

    /// The text holds JSON: it is sent as such, and white space and order in it mean nothing.
    pub const fn json(mut self) -> Self {
        self.codec = Codec::JsonText;
        self
    }

    /// The same, where these members of it say nothing if they are false: the server fills them in.
    pub const fn json_of_which_false_says_nothing(self, members: &'static [&'static str]) -> Self {
        self.json().rarely(Rare::FalseSaysNothing(members))
    }

    /// Once a program has given it, the API takes no other value, though it takes one for a block that is new: Check refuses a
    /// change.
    pub const fn once(self) -> Self {
        self.rarely(Rare::Once)
    }

    /// A time, which outputs hold as Go prints it.
    pub const fn go_time(mut self) -> Self {
        self.codec = Codec::GoTime;
        self
    }

    /// A time, which outputs hold without a fraction of a second.
    pub const fn whole_seconds(mut self) -> Self {
        self.codec = Codec::WholeSeconds;
        self
    }

    /// Where there is none, outputs hold null, not an empty list or map.
    pub const fn absent_is_null(mut self) -> Self {
        self.absent = Absent::Null;
        self
    }

    /// Whether a change of it makes a new resource.
    pub const fn is_replacing(&self) -> bool {
        self.replaces || self.moves
    }

    /// Whether it is a text that holds JSON.
    pub const fn is_json(&self) -> bool {
        matches!(self.codec, Codec::JsonText | Codec::IndentedJson)
    }

    /// Whether it is a text that holds a JSON object, which the API lays over the old one.
    pub const fn is_overlaid_json(&self) -> bool {
        self.is_json() && matches!(self.rare, Rare::Overlaid)
    }

    /// Whether a program can set it.
    pub const fn is_input(&self) -> bool {
        !matches!(self.presence, Presence::Output)
    }

    /// Whether it is known only after the server has answered, where the program does not set it.
    pub const fn is_computed(&self) -> bool {
        matches!(self.presence, Presence::Computed | Presence::Output)
    }

    /// Whether outputs always have it: the schema says so, and programs rely on it.
    pub const fn is_always_there(&self) -> bool {
        !matches!(self.presence, Presence::Optional)
            || self.default.is_some() && !self.is_untold
            || self.autonamed
    }

    /// Whether its zero value is a value: it is a scalar, and required or [`Field::zero_is_a_value`].
    pub const fn zero_counts(&self) -> bool {
        let is_scalar = matches!(self.kind, Kind::Bool | Kind::Int | Kind::Number | Kind::String);
        let is_plain = matches!(self.codec, Codec::Plain);
        is_scalar && is_plain && (self.zero_counts || matches!(self.presence, Presence::Required))
    }
}

//! Words of rows that have no effect where they stand, and defaults that the row would not take.

use crate::check::allows;
use crate::table::rest::WireName;
use crate::table::{Absent, Codec, Constraint, Field, Follows, Kind, Presence, Rare, Reset, Sent};
use crate::value::Value;

/// Where a row stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the configuration, or in an object inside it.
    Config,
    /// In a resource.
    Resource { is_rest: bool },
    /// In an object inside a resource.
    Inside { is_rest: bool },
    /// Among the arguments of a function.
    Argument { is_rest: bool },
    /// In what a function gives.
    Answer,
}

impl Place {
    pub(super) fn inside(self) -> Self {
        match self {
            Place::Resource { is_rest } => Place::Inside { is_rest },
            other => other,
        }
    }
}

/// What is wrong with the words of a row.
pub(super) fn without_effect(field: &Field, place: Place) -> Vec<String> {
    let mut broken = Vec::new();
    let mut idle = |word: &str, said: bool, has_effect: bool| {
        if said && !has_effect {
            broken.push(format!("`{word}` has no effect here"));
        }
    };
    let is_input = field.is_input() && place != Place::Answer;
    let of_resource = is_input && matches!(place, Place::Resource { .. } | Place::Inside { .. });
    let is_rest =
        matches!(place, Place::Resource { is_rest: true } | Place::Inside { is_rest: true });
    let element = element(field.kind);
    let is_text = matches!(element, Kind::String);

    idle("replaces", field.replaces, of_resource || (is_input && place == Place::Config));
    idle("default", field.default.is_some(), is_input);
    idle("untold", field.is_untold, field.default.is_some());
    idle(
        "default_env",
        !field.environment().is_empty(),
        is_input && !matches!(place, Place::Inside { .. }),
    );
    let named_at = matches!(place, Place::Resource { .. }) && is_input;
    idle("autonamed", field.autonamed, named_at && matches!(field.kind, Kind::String));
    let is_asked = matches!(place, Place::Argument { is_rest: true });
    let is_list = matches!(field.kind, Kind::List(_));
    idle("unordered", field.unordered, is_list && (of_resource || place == Place::Answer));
    idle("write_only", field.write_only, of_resource);
    idle("guarded", matches!(field.rare, Rare::Guarded(_)), named_at && is_rest);
    idle("spelled", matches!(field.rare, Rare::Spelled(_)), is_text && is_rest);
    let is_shown = matches!(place, Place::Resource { .. }) && !is_input;
    idle("due_at", matches!(field.rare, Rare::DueAt(_)), is_shown && is_text);
    idle("switch", field.switch, of_resource && matches!(field.kind, Kind::Object(_)));
    idle("json", field.codec == Codec::JsonText, is_text);
    idle("tri_state", field.codec == Codec::TriState, is_text);
    idle("null_text", field.codec == Codec::NullText, is_text && is_rest);
    idle("null_flag", field.codec == Codec::NullFlag, is_rest && matches!(field.kind, Kind::Bool));
    idle("hours", field.codec == Codec::Hours, is_rest && matches!(field.kind, Kind::Number));
    let is_object = matches!(field.kind, Kind::Object(_));
    idle("goes_with", matches!(field.rare, Rare::GoesWith(_)), named_at && is_rest && is_input);
    let is_laid = is_object || field.codec == Codec::JsonText;
    idle("overlaid", field.rare == Rare::Overlaid, named_at && is_rest && is_laid);
    idle("behind", matches!(field.rare, Rare::Behind(_)), named_at && is_text);
    idle("in_header", field.rare == Rare::InHeader, is_text && (named_at && is_rest || is_asked));
    let is_of_rest = matches!(place, Place::Resource { is_rest: true });
    idle("shown_at", matches!(field.rare, Rare::ShownAt(_)), is_of_rest);
    let block = match field.kind {
        Kind::Object(of) | Kind::List(&Kind::Object(of)) => Some(of),
        _ => None,
    };
    let can_disable = block.is_some_and(|of| of.field("disable").is_some());
    idle("disable_block", field.codec == Codec::DisableBlock, can_disable);
    let is_block = matches!(field.kind, Kind::Object(_) | Kind::Map(_));
    let is_own =
        matches!(place, Place::Resource { is_rest: false } | Place::Inside { is_rest: false });
    let wire = WireName::snake_case(field.name);
    idle("wire` or `camel_case", field.wire != wire, !is_own);
    idle("one_in_list", field.codec == Codec::OneInList, !is_own);
    idle("keyed_by", matches!(field.codec, Codec::KeyedBy(_)), !is_own);
    idle("each_in", matches!(field.codec, Codec::EachIn(_)), !is_own);
    idle("only_true", field.codec == Codec::OnlyTrue, !is_own);
    idle("sent_anyway", matches!(field.rare, Rare::SentAnyway(_)), !is_own);
    idle("whole", field.whole, is_rest && is_block);
    idle("empty_is_null", field.empty_is_null, is_rest && is_list);
    idle("local", field.sent == Sent::Never, is_rest || is_asked);
    // Check refuses a change of a row of the resource; inside blocks, a REST provider sends it on create alone.
    let taken_once = named_at || (is_rest && is_input && field.replaces);
    idle("create_only", field.sent == Sent::Create, taken_once);
    idle("nulled_at", matches!(field.reset, Reset::NullAt(_)), is_rest && is_input);
    idle(
        "always_a_block",
        matches!(field.absent, Absent::Block),
        matches!(field.kind, Kind::Object(_)),
    );
    let is_inside = matches!(place, Place::Inside { .. });
    let follows = matches!(place, Place::Resource { .. }) && field.is_computed();
    let follows_inside =
        is_inside && field.is_computed() && matches!(field.follows, Follows::Rows(_));
    let is_versioned = field.never_stored && matches!(field.follows, Follows::Rows(_));
    idle("follows", field.follows != Follows::Nothing, follows || follows_inside || is_versioned);
    idle("foreseen", field.foreseen.is_some(), follows);
    idle("zero_is_a_value", field.zero_counts, of_resource && field.zero_counts());
    let resets = matches!(field.reset, Reset::Null | Reset::Value(_));
    idle("nullable` or `reset", resets, of_resource);
    for constraint in [field.constraint].iter().chain(field.stated) {
        let word = format!("{constraint:?}");
        let word = word.split('(').next().unwrap_or_default();
        let has_effect = match constraint {
            Constraint::Any => continue,
            Constraint::Range(..) => matches!(element, Kind::Int | Kind::Number),
            Constraint::Entries(..) => matches!(field.kind, Kind::List(_) | Kind::Map(_)),
            Constraint::KeyLength(_) | Constraint::KeyCharacters(_) => {
                matches!(field.kind, Kind::Map(_))
            }
            _ => is_text,
        };
        idle(word, true, has_effect);
    }
    let provides = matches!(field.presence, Presence::Computed | Presence::Output);
    if provides && matches!(place, Place::Config | Place::Argument { .. }) {
        broken.push("only a program gives it: `required` or `optional`".to_owned());
    }
    if let Some(default) = field.default
        && !allows(field, &Value::from(default))
    {
        broken.push(format!("the row does not allow its default {default:?}"));
    }
    broken
}

/// The kind that a constraint is about: of a list or map, that of its elements.
fn element(kind: Kind) -> Kind {
    match kind {
        Kind::List(of) | Kind::Map(of) => element(*of),
        kind => kind,
    }
}

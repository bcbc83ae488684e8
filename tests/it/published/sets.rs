//! Sets, whose elements the published provider puts in an order of its own that means nothing, and ours keeps as they are.

use pulumi_resource_auth0::auth0::PACKAGE;
use serde_json::Value as Json;

use super::expectation::{Outputs, same};
use super::form::{Expectation, Segment, Step};
use super::values::look;

/// Puts the elements of sets in the order in which the step names them, as far as there are such elements.
pub fn order_sets(outputs: &mut Outputs, step: &Step) {
    for item in &step.resources {
        let (Some((resource, _)), Some(outputs)) =
            (PACKAGE.resource(&item.token), outputs.get_mut(&item.name))
        else {
            continue;
        };
        for row in resource.fields.iter().filter(|row| row.unordered) {
            let Some(Json::Array(elements)) = outputs.get_mut(row.name) else { continue };
            for index in 0..elements.len() {
                let expected = expected_of(step, &item.name, row.name, index);
                let is_it = |element: &Json| {
                    expected.iter().all(|(path, value)| same(look(element, path), value))
                };
                if let Some(at) = elements[index..].iter().position(is_it) {
                    elements.swap(index, index + at);
                }
            }
        }
    }
}

/// What the step expects of one element: the ways into it, and the values there.
fn expected_of<'a>(
    step: &'a Step,
    at: &str,
    list: &str,
    index: usize,
) -> Vec<(&'a [Segment], &'a str)> {
    let of_element = |expectation: &'a Expectation| match expectation {
        Expectation::Equals { at: other, path, value } if other == at => match path.as_slice() {
            [Segment::Name(name), Segment::Index(it), rest @ ..] => {
                (name == list && *it == index).then_some((rest, value.as_str()))
            }
            _ => None,
        },
        _ => None,
    };
    step.expect.iter().filter_map(of_element).collect()
}

//! `auth0.Role`: a set of permissions that users can have together.

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};

/// The role; its permissions are resources of their own.
pub const ROLE: Resource = resource("Role", collection("roles").paged(Paging::Offset))
    .doc("A set of permissions that users can have together.")
    .fields(&[
        optional("description", STRING)
            .default(Literal::String("Managed by Pulumi"))
            .doc("What the role is for."),
        optional("name", STRING).autonamed().doc("Name of the role."),
        computed("ownerId", STRING)
            .replaces()
            .doc("ID of the organization that has the role, where `type` is `organization`."),
        computed("type", STRING)
            .replaces()
            .one_of(&["tenant", "organization"])
            .doc("Whether the role is of the tenant or of one organization."),
    ])
    .rules(&[Rule::Custom(owner)]);

/// A role of an organization names it, and no other does.
fn owner(inputs: &Object) -> Vec<CheckFailure> {
    let (kind, owner) = (inputs.get("type"), inputs.contains_key("ownerId"));
    let is_of_organization = kind.and_then(Value::as_str) == Some("organization");
    match (kind, owner) {
        (Some(Value::Unknown), _) => Vec::new(),
        (_, false) if is_of_organization => {
            vec![CheckFailure::at("ownerId", "required where `type` is `organization`")]
        }
        (_, true) if !is_of_organization => {
            vec![CheckFailure::at("ownerId", "leave it out unless `type` is `organization`")]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing::{failures, inputs};

    #[test]
    fn only_a_role_of_an_organization_has_an_owner() {
        struct Case {
            given: &'static str,
            complaints: &'static [&'static str],
        }
        let cases = [
            Case { given: "{}", complaints: &[] },
            Case { given: r#"{"type": "tenant"}"#, complaints: &[] },
            Case { given: r#"{"type": "organization", "ownerId": "org_1"}"#, complaints: &[] },
            Case {
                given: r#"{"type": "organization"}"#,
                complaints: &["ownerId: required where `type` is `organization`"],
            },
            Case {
                given: r#"{"ownerId": "org_1"}"#,
                complaints: &["ownerId: leave it out unless `type` is `organization`"],
            },
        ];
        for case in cases {
            assert_eq!(failures(&ROLE, &inputs(case.given)), case.complaints, "{}", case.given);
        }
    }
}

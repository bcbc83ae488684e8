//! `auth0.ClientGrant`: an application may request access tokens for an API.

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::json;

/// The grant; a client has at most one for each audience and subject type.
pub const CLIENT_GRANT: Resource = resource("ClientGrant", collection("client-grants"))
    .listed_by(&["audience", "clientId"])
    .natural_key(&[
        key("clientId"),
        key("defaultFor"),
        key("audience"),
        key("subjectType").or("client"),
    ])
    .update_first(back_to_listed_scopes)
    .doc("Authorizes an application to request access tokens for an API.")
    .fields(&[
        optional("allowAllScopes", BOOL)
            .nullable()
            .doc("Whether the application may request every scope of the API, also later ones."),
        optional("allowAnyOrganization", BOOL)
            .nullable()
            .doc("Whether the grant holds for every organization."),
        required("audience", STRING)
            .replaces()
            .stated(&[Constraint::Length(1, usize::MAX)])
            .doc("Identifier of the API that the grant is for."),
        optional("authorizationDetailsTypes", STRINGS)
            .unordered()
            .not_empty()
            .stated(&[Constraint::Length(0, 255)])
            .doc("Types of authorization details that the application may request."),
        optional("clientId", STRING)
            .replaces()
            .doc("ID of the application that receives the grant."),
        optional("defaultFor", STRING)
            .replaces()
            .one_of(&["third_party_clients"])
            .doc("Group of applications that receive the grant, in place of a single one."),
        output("isSystem", BOOL).doc("Whether Auth0 made the grant, so that it cannot be changed."),
        optional("organizationUsage", STRING)
            .nullable()
            .one_of_ignoring_case(&["allow", "deny", "require"])
            .doc("Whether tokens may or must be requested for an organization."),
        optional("scopes", STRINGS)
            .wire("scope")
            // They leave for all scopes only, and the API drops them for those.
            .nulled_at("allow_all_scopes")
            .unordered()
            .not_empty()
            .stated(&[Constraint::Length(0, 280)])
            .doc("Scopes of the API that the application may request."),
        // All recorded answers to creates that do not send it.
        computed("subjectType", STRING)
            .server_default(Literal::String("client"))
            .replaces()
            .one_of_ignoring_case(&["client", "user", "anonymous_user"])
            .doc("Whom tokens are for: the application itself, a user, or one who has not signed in."),
    ])
    .rules(&[Rule::ExactlyOneOf(&["clientId", "defaultFor"]), Rule::Custom(scopes_or_all_scopes)]);

/// Scopes are either listed or all of them, and one of the two has to be said.
fn scopes_or_all_scopes(inputs: &Object) -> Vec<CheckFailure> {
    let all = inputs.get("allowAllScopes");
    if all == Some(&Value::Unknown) {
        return Vec::new();
    }
    let all = all.and_then(Value::as_bool).unwrap_or(false);
    match inputs.get("scopes") {
        Some(Value::Array(scopes)) if all && !scopes.is_empty() => {
            vec![CheckFailure::at("scopes", "leave it out where `allowAllScopes` is true")]
        }
        None if !all => vec![CheckFailure::at(
            "scopes",
            "missing: list the scopes, or set `allowAllScopes` to true",
        )],
        _ => Vec::new(),
    }
}

/// The API takes a list of scopes only once the grant no longer has all of them.
fn back_to_listed_scopes(old: &Known, new: &Object) -> Option<WireObject> {
    let all = |values: &Object| values.get("allowAllScopes") == Some(&Value::Bool(true));
    (all(&old.outputs) && !all(new)).then(|| {
        WireObject::from_iter([
            ("allow_all_scopes".to_owned(), json!(false)),
            ("scope".to_owned(), json!([])),
        ])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing::{failures, inputs};

    #[test]
    fn scopes_are_listed_or_all_but_not_both() {
        struct Case {
            given: &'static str,
            complaints: &'static [&'static str],
        }
        let cases = [
            Case { given: r#"{"scopes": ["read:data"]}"#, complaints: &[] },
            Case { given: r#"{"scopes": []}"#, complaints: &[] },
            Case { given: r#"{"allowAllScopes": true}"#, complaints: &[] },
            Case { given: r#"{"allowAllScopes": true, "scopes": []}"#, complaints: &[] },
            Case {
                given: r#"{"allowAllScopes": true, "scopes": ["read:data"]}"#,
                complaints: &["scopes: leave it out where `allowAllScopes` is true"],
            },
            Case {
                given: r#"{"allowAllScopes": false}"#,
                complaints: &["scopes: missing: list the scopes, or set `allowAllScopes` to true"],
            },
        ];
        for case in cases {
            let mut given = inputs(case.given);
            given.insert("clientId".into(), "c".into());
            given.insert("audience".into(), "https://api/".into());
            assert_eq!(failures(&CLIENT_GRANT, &given), case.complaints, "{}", case.given);
        }
    }

    #[test]
    fn all_scopes_are_given_up_before_some_are_listed() {
        let state = |outputs: &Object| Known { outputs: outputs.clone(), ..Known::default() };
        let all = inputs(r#"{"allowAllScopes": true}"#);
        let listed = inputs(r#"{"scopes": ["read:data"]}"#);
        let first = back_to_listed_scopes(&state(&all), &listed).map(serde_json::Value::Object);
        assert_eq!(first, Some(json!({"allow_all_scopes": false, "scope": []})));
        assert_eq!(back_to_listed_scopes(&state(&listed), &all), None);
        assert_eq!(back_to_listed_scopes(&state(&all), &all), None);
    }

    #[test]
    fn a_grant_is_for_one_client_or_for_a_group() {
        let both = r#"{"clientId": "c", "defaultFor": "third_party_clients", "audience": "a",
            "scopes": ["s"]}"#;
        assert_eq!(
            failures(&CLIENT_GRANT, &inputs(both)),
            ["clientId: only one of `clientId`, `defaultFor` may be given"]
        );
        let neither = r#"{"audience": "a", "scopes": ["s"]}"#;
        assert_eq!(
            failures(&CLIENT_GRANT, &inputs(neither)),
            ["clientId: one of `clientId`, `defaultFor` is required"]
        );
    }
}

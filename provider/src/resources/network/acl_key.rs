//! `auth0.NetworkAclKey`: a key by which rules of the network know signed requests.

use base64::Engine;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::GeneralPurposeConfig;
use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};
use sha2::{Digest, Sha256};

/// The key; nothing of it can be changed.
pub const NETWORK_ACL_KEY: Resource =
    resource("NetworkAclKey", collection("keys/network-acls").not_listed())
        .doc("A key by which rules of the network know signed requests.")
        .fields(&[
            required("alg", STRING)
                .replaces()
                .one_of(&["hmac-sha256"])
                .doc("How requests are signed with it."),
            output("createdAt", STRING).doc("When it was made."),
            output("fingerprint", STRING)
                .follows(&["value"])
                .foreseen(fingerprint)
                .doc("SHA-256 digest of the key, in hexadecimal digits."),
            optional("name", STRING)
                .autonamed()
                .replaces()
                .length(1, 255)
                .doc("Name of the key; no other may have it."),
            output("updatedAt", STRING).doc("When it was changed last."),
            required("value", STRING).secret().never_stored().moves().doc(
                "The key itself in base64, of 32 to 512 bytes; the state's outputs do not hold it.",
            ),
        ])
        .rules(&[Rule::Custom(key_material)]);

/// The bytes of the key, where it is one and known.
fn material(inputs: &Object) -> Option<Result<Vec<u8>, base64::DecodeError>> {
    /// With padding and without.
    const BASE64: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent),
    );
    match inputs.get("value") {
        Some(Value::String(text)) => Some(BASE64.decode(text.as_str())),
        _ => None,
    }
}

fn fingerprint(inputs: &Object) -> Option<Value> {
    let digest = Sha256::digest(material(inputs)?.ok()?);
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
}

fn key_material(inputs: &Object) -> Vec<CheckFailure> {
    let reason = match material(inputs) {
        Some(Err(_)) => "must be base64, of a key of 32 to 512 bytes".to_owned(),
        Some(Ok(bytes)) if !(32..=512).contains(&bytes.len()) => {
            format!("must be a key of 32 to 512 bytes, in base64: it has {}", bytes.len())
        }
        _ => return Vec::new(),
    };
    vec![CheckFailure::at("value", reason)]
}

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::diff::diff;
    use pulumi_rs_sdk::provider::Known;

    use super::*;
    use crate::resources::testing::{failures, inputs};

    #[test]
    fn a_key_is_told_by_its_digest() {
        struct Case {
            value: &'static str,
            refused: &'static [&'static str],
            fingerprint: Option<&'static str>,
        }
        let cases = [
            // Of a recording.
            Case {
                value: "Ygj0G7pdGNmu+eCPdnK32PpzvmFDoFtDcJtiJaRGX1I=",
                refused: &[],
                fingerprint: Some(
                    "1c4ece28cf90388255fcd9c0c80ba819b965afc2165da1075c12bd3b487281a0",
                ),
            },
            // The same without its padding.
            Case {
                value: "Ygj0G7pdGNmu+eCPdnK32PpzvmFDoFtDcJtiJaRGX1I",
                refused: &[],
                fingerprint: Some(
                    "1c4ece28cf90388255fcd9c0c80ba819b965afc2165da1075c12bd3b487281a0",
                ),
            },
            Case {
                value: "YWJj",
                refused: &["value: must be a key of 32 to 512 bytes, in base64: it has 3"],
                fingerprint: None,
            },
            Case {
                value: "no key",
                refused: &["value: must be base64, of a key of 32 to 512 bytes"],
                fingerprint: None,
            },
        ];
        for Case { value, refused, fingerprint: expected } in cases {
            let given =
                inputs(&format!(r#"{{"alg": "hmac-sha256", "name": "k", "value": "{value}"}}"#));
            assert_eq!(failures(&NETWORK_ACL_KEY, &given), refused, "{value}");
            if refused.is_empty() {
                assert_eq!(fingerprint(&given), expected.map(Value::from), "{value}");
            }
        }
    }

    #[test]
    fn another_key_makes_a_new_resource_and_the_same_one_is_no_change() {
        let stored = "1c4ece28cf90388255fcd9c0c80ba819b965afc2165da1075c12bd3b487281a0";
        let outputs = inputs(&format!(
            r#"{{"alg": "hmac-sha256", "name": "k", "value": null, "fingerprint": "{stored}"}}"#
        ));
        // An import knows no value.
        let old = Known { inputs: inputs(r#"{"alg": "hmac-sha256", "name": "k"}"#), outputs };
        let changes = |value: &str| {
            let news =
                inputs(&format!(r#"{{"alg": "hmac-sha256", "name": "k", "value": "{value}"}}"#));
            let diff = diff(&NETWORK_ACL_KEY, &old, &news, &[]);
            (diff.touches("value"), diff.replaces(), diff.delete_before_replace)
        };
        assert_eq!(changes("Ygj0G7pdGNmu+eCPdnK32PpzvmFDoFtDcJtiJaRGX1I="), (false, false, false));
        assert_eq!(changes("Cu+NlOFp9kwS5ien+E3INXOelFFLszwO63pcRg5jmag="), (true, true, true));
    }
}

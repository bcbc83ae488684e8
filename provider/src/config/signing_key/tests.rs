use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding};

use super::*;

fn made(bits: usize) -> RsaPrivateKey {
    RsaPrivateKey::new(&mut rsa::rand_core::OsRng, bits).unwrap()
}

/// DER in PEM.
fn pem(kind: &str, der: &[u8]) -> String {
    let lines: Vec<_> = STANDARD.encode(der).into_bytes();
    let lines: Vec<_> = lines.chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", lines.join("\n"))
}

fn refusal(text: &str) -> String {
    SigningKey::parse(text, Algorithm::Rs256).unwrap_err()
}

#[test]
fn the_same_key_is_read_in_every_form_in_which_it_is_given() {
    let key = made(2048);
    let pkcs8 = key.to_pkcs8_pem(LineEnding::LF).unwrap().to_string();
    let forms = [
        pkcs8.clone(),
        key.to_pkcs1_pem(LineEnding::LF).unwrap().to_string(),
        pkcs8.replace('\n', "\r\n"),
        pkcs8.replace('\n', "\\n"),
        pkcs8.replace('\n', "\\r\\n"),
        format!("\n  \n{}", pkcs8.trim_end()),
        format!("{}{pkcs8}", pem("CERTIFICATE", b"of the key")),
    ];
    let signed = |form: &String| {
        SigningKey::parse(form, Algorithm::Rs384)
            .unwrap_or_else(|reason| panic!("{reason}: {form}"))
            .sign(b"message")
            .unwrap()
    };
    let signatures: Vec<_> = forms.iter().map(signed).collect();
    assert!(signatures.iter().all(|other| *other == signatures[0]));
    assert_eq!(signatures[0].len(), 256);
}

#[test]
fn what_is_no_key_that_auth0_takes_is_refused_with_what_to_do_and_not_shown() {
    let random = ring::rand::SystemRandom::new();
    let p256 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let ed25519 = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
    let key = made(2048);
    let whole = key.to_pkcs8_pem(LineEnding::LF).unwrap().to_string();
    let lines: Vec<_> = whole.lines().collect();
    let public = key.to_public_key().to_public_key_der().unwrap();
    struct Case {
        name: &'static str,
        text: String,
    }
    let cases = [
        Case { name: "a word", text: "hunter2".into() },
        Case { name: "a path", text: "/home/me/hunter2.pem".into() },
        Case { name: "the public half", text: pem("PUBLIC KEY", public.as_bytes()) },
        Case { name: "a certificate", text: pem("CERTIFICATE", b"hunter2") },
        Case { name: "encrypted", text: pem("ENCRYPTED PRIVATE KEY", b"hunter2") },
        Case {
            name: "encrypted in the old way",
            text: "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\naaaa\n\
                   -----END RSA PRIVATE KEY-----\n"
                .into(),
        },
        Case { name: "of OpenSSH", text: pem("OPENSSH PRIVATE KEY", b"hunter2") },
        Case { name: "P-256", text: pem("PRIVATE KEY", p256.as_ref()) },
        Case { name: "P-256 in SEC1", text: pem("EC PRIVATE KEY", b"hunter2") },
        Case { name: "Ed25519", text: pem("PRIVATE KEY", ed25519.as_ref()) },
        Case {
            name: "1024 bits",
            text: made(1024).to_pkcs8_pem(LineEnding::LF).unwrap().to_string(),
        },
        Case { name: "without its last line", text: lines[..lines.len() - 1].join("\n") },
        Case { name: "without its middle", text: [&lines[..4], &lines[9..]].concat().join("\n") },
        Case { name: "with spaces for line ends", text: lines.join(" ") },
    ];
    let mut texts = String::new();
    for Case { name, text } in &cases {
        let reason = refusal(text);
        let own = text.lines().filter(|line| !line.is_empty() && !line.starts_with('-'));
        let shown = own.filter(|line| reason.contains(line));
        assert_eq!(shown.count(), 0, "{name}: {reason}");
        texts.push_str(&format!("{name}: {reason}\n"));
    }
    assert!(!texts.contains("hunter2"), "{texts}");
    insta::assert_snapshot!(texts);
}

#[test]
fn its_debug_shows_the_algorithm_alone() {
    let text = made(2048).to_pkcs8_pem(LineEnding::LF).unwrap();
    let key = SigningKey::parse(&text, Algorithm::Ps256).unwrap();
    assert_eq!(format!("{key:?}"), "SigningKey { algorithm: Ps256, .. }");
}

#[test]
fn algorithms_have_the_names_of_the_api() {
    for algorithm in Algorithm::ALL {
        assert_eq!(Algorithm::parse(algorithm.name()), Ok(algorithm));
    }
    for other in ["RS512", "PS384", "ES256", "HS256", "none", "rs256"] {
        assert!(Algorithm::parse(other).is_err(), "{other}");
    }
}

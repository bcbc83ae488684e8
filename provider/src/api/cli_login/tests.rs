use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;

/// 2026-07-01T00:00:00Z.
const NOW: u64 = 1_782_864_000;

/// A JWT that nobody signed.
fn jwt(claims: &Value) -> String {
    let part = |value: &Value| BASE64.encode(value.to_string());
    format!("{}.{}.hunter2", part(&json!({"alg": "RS256"})), part(claims))
}

fn read_text(text: &str) -> Result<Login, String> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config.json");
    fs::write(&path, text).unwrap();
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    read(&path, "t.auth0.com", now)
        .map_err(|reason| reason.replace(&folder.path().display().to_string(), "~/.config/auth0"))
}

/// A file as the CLI writes it, with a tenant like this.
fn file(tenant: &Value) -> Value {
    json!({
        "install_id": "0",
        "default_tenant": "other.auth0.com",
        "tenants": {
            "other.auth0.com": {"name": "other", "domain": "other.auth0.com", "access_token": "hunter2"},
            "t.auth0.com": tenant,
        },
    })
}

#[test]
fn a_login_lasts_as_long_as_its_token_says_or_else_the_file() {
    struct Case {
        name: &'static str,
        token: String,
        expires_at: &'static str,
        lasts: Option<u64>,
    }
    let cases = [
        Case {
            name: "by its token",
            token: jwt(&json!({"exp": NOW + 600})),
            expires_at: "2020-01-01T00:00:00Z",
            lasts: Some(600),
        },
        Case {
            name: "by the file, which Go wrote",
            token: "opaque".into(),
            expires_at: "2026-07-01T02:00:30.123456789+02:00",
            lasts: Some(30),
        },
        Case { name: "who knows", token: "opaque".into(), expires_at: "soon", lasts: None },
    ];
    for Case { name, token, expires_at, lasts } in cases {
        let tenant = json!({
            "name": "t",
            "domain": "t.auth0.com",
            "access_token": token,
            "scopes": ["read:clients"],
            "expires_at": expires_at,
            "client_id": "",
        });
        let login = read_text(&file(&tenant).to_string()).unwrap();
        assert_eq!(login.token.expose_secret(), token, "{name}");
        assert_eq!(login.lasts.map(|lasts| lasts.as_secs()), lasts, "{name}");
    }
}

#[test]
fn what_is_no_login_is_told_with_what_to_do_and_without_tokens() {
    let ended = jwt(&json!({"exp": NOW - 1}));
    let mut others = file(&json!({}));
    others["tenants"].as_object_mut().unwrap().remove("t.auth0.com");
    struct Case {
        name: &'static str,
        text: String,
    }
    let cases = [
        Case { name: "not JSON", text: "hunter2".into() },
        Case { name: "of another kind", text: r#"{"tenants": "hunter2"}"#.into() },
        Case {
            name: "a token that is none",
            text: file(&json!({"access_token": ["hunter2"]})).to_string(),
        },
        Case { name: "no tenant", text: "{}".into() },
        Case { name: "other tenants", text: others.to_string() },
        Case {
            name: "in the keyring",
            text: file(&json!({"expires_at": "2026-07-02T00:00:00Z"})).to_string(),
        },
        Case { name: "empty", text: file(&json!({"access_token": ""})).to_string() },
        Case { name: "expired", text: file(&json!({"access_token": ended})).to_string() },
        Case {
            name: "expired by the file",
            text: file(&json!({"access_token": "hunter2", "expires_at": "2026-06-30T00:00:00Z"}))
                .to_string(),
        },
    ];
    let mut texts = String::new();
    for Case { name, text } in &cases {
        let reason = read_text(text).err().unwrap_or_else(|| panic!("{name} is a login"));
        texts.push_str(&format!("{name}: {reason}\n"));
    }
    let folder = TempDir::new().unwrap();
    for (name, path) in [("missing", folder.path().join("x")), ("a folder", folder.path().into())] {
        let reason = read(&path, "t.auth0.com", SystemTime::now()).err().unwrap();
        let reason = reason.replace(&folder.path().display().to_string(), "~/.config/auth0");
        texts.push_str(&format!("{name}: {reason}\n"));
    }
    assert!(!texts.contains("hunter2") && !texts.contains(&ended), "{texts}");
    insta::assert_snapshot!(texts);
}

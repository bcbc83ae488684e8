//! The options of social connections and of Google Workspace: each permission is an option of its own, and the
//! server writes the scope that they make together. Names that no recording shows are those of the document.

use serde_json::{Value, json};

use crate::answer::Object;
use crate::store::{complete, is_true};

/// How a strategy makes its scope.
struct Scope {
    strategies: &'static [&'static str],
    /// Permissions that are given unless something else is said.
    given: &'static [&'static str],
    /// What is in every scope.
    always: &'static [&'static str],
    /// Permissions, and what each is called in a scope.
    names: &'static [(&'static str, &'static str)],
    form: Form,
}

/// How a scope is written.
enum Form {
    List,
    Joined(&'static str),
    /// As a text, and not at all where it would be empty.
    JoinedIfAny(&'static str),
}

const SCOPES: &[Scope] = &[
    Scope {
        strategies: &["amazon"],
        given: &[],
        always: &[],
        names: &[("profile", "profile"), ("postal_code", "postal_code")],
        form: Form::List,
    },
    Scope {
        strategies: &["apple"],
        given: &[],
        always: &[],
        names: &[("name", "name"), ("email", "email")],
        form: Form::JoinedIfAny(" "),
    },
    Scope {
        strategies: &["facebook"],
        given: &[],
        always: &[],
        names: FACEBOOK,
        form: Form::Joined(","),
    },
    Scope { strategies: &["github"], given: &[], always: &[], names: GITHUB, form: Form::List },
    Scope {
        strategies: &["google-apps"],
        given: &["email", "profile"],
        always: &[],
        names: &[("email", "email"), ("profile", "profile")],
        form: Form::List,
    },
    Scope {
        strategies: &["google-oauth2"],
        given: &["email", "profile"],
        always: &[],
        names: &[
            ("email", "email"),
            ("profile", "profile"),
            ("calendar", "https://www.googleapis.com/auth/calendar"),
            ("gmail", "https://mail.google.com/mail/feed/atom"),
            ("youtube", "https://gdata.youtube.com"),
        ],
        form: Form::List,
    },
    Scope {
        strategies: &["line"],
        given: &["profile"],
        always: &["openid"],
        names: &[("email", "email"), ("profile", "profile")],
        form: Form::List,
    },
    Scope {
        strategies: &["linkedin"],
        given: &["profile"],
        always: &[],
        names: &[
            ("email", "r_emailaddress"),
            ("profile", "r_liteprofile"),
            ("basic_profile", "r_basicprofile"),
            ("full_profile", "r_fullprofile"),
            ("openid", "openid"),
        ],
        form: Form::List,
    },
    Scope {
        strategies: &["paypal"],
        given: &[],
        always: &["openid"],
        names: &[
            ("address", "address"),
            ("email", "email"),
            ("phone", "phone"),
            ("profile", "profile"),
        ],
        form: Form::List,
    },
    Scope {
        strategies: &["salesforce", "salesforce-community", "salesforce-sandbox"],
        given: &[],
        always: &[],
        names: &[],
        form: Form::List,
    },
    Scope {
        strategies: &["windowslive"],
        given: &["signin"],
        always: &[],
        names: &[],
        form: Form::List,
    },
    Scope {
        strategies: &["wordpress"],
        given: &["profile"],
        always: &[],
        names: &[("profile", "profile")],
        form: Form::List,
    },
];

/// The permissions of Facebook are called in a scope what they are called here.
const FACEBOOK: &[(&str, &str)] = &[
    ("email", "email"),
    ("groups_access_member_info", "groups_access_member_info"),
    ("user_birthday", "user_birthday"),
    ("public_profile", "public_profile"),
];

const GITHUB: &[(&str, &str)] = &[
    ("email", "user:email"),
    ("read_user", "read:user"),
    ("follow", "user:follow"),
    ("public_repo", "public_repo"),
    ("repo", "repo"),
    ("repo_deployment", "repo_deployment"),
    ("repo_status", "repo:status"),
    ("delete_repo", "delete_repo"),
    ("notifications", "notifications"),
    ("gist", "gist"),
    ("read_repo_hook", "read:repo_hook"),
    ("write_repo_hook", "write:repo_hook"),
    ("admin_repo_hook", "admin:repo_hook"),
    ("read_org", "read:org"),
    ("admin_org", "admin:org"),
    ("read_public_key", "read:public_key"),
    ("write_public_key", "write:public_key"),
    ("admin_public_key", "admin:public_key"),
    ("write_org", "write:org"),
];

/// Writes the scope of a strategy; other strategies keep what was sent.
pub fn derive(strategy: &str, options: &mut Object, is_new: bool) {
    if strategy == "google-apps" {
        derive_google_apps(options, is_new);
    }
    let Some(scope) = SCOPES.iter().find(|scope| scope.strategies.contains(&strategy)) else {
        return;
    };
    for permission in scope.given {
        options.entry(*permission).or_insert_with(|| true.into());
    }
    let granted = scope.names.iter().filter(|(option, _)| is_true(options, option));
    let free = options.get("freeform_scopes").and_then(Value::as_array);
    let free = free.into_iter().flatten().filter_map(Value::as_str);
    let always = scope.always.iter().copied();
    let granted: Vec<_> =
        always.chain(granted.map(|(_, name)| *name)).chain(free).map(str::to_owned).collect();
    let written: Value = match scope.form {
        Form::List => granted.into(),
        Form::JoinedIfAny(_) if granted.is_empty() => return,
        Form::Joined(between) | Form::JoinedIfAny(between) => granted.join(between).into(),
    };
    options.insert("scope".into(), written);
}

fn derive_google_apps(options: &mut Object, is_new: bool) {
    complete(options, &json!({"handle_login_from_social": true, "map_user_id_to_id": false}));
    if !is_new {
        complete(options, &json!({"api_enable_users": true}));
    }
}

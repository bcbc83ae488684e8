//! The life of every settable row: set, unchanged, changed, removed, imported, deleted.

use pulumi_rs_sdk::state::is_absent;
use pulumi_rs_sdk::table::rest::{
    Absent, Act, Class, Constraint, Field, Kind, Made, Presence, Rare, Removed, Reset, Resource,
    Rule, Sent, Single,
};
use pulumi_rs_sdk::testing::Changes;
use pulumi_rs_sdk::value::{Object, Value};
use tests::{Pick, sample};

use super::resources;
use super::rows::{Row, rows};
use super::subject::{Stored, Subject};

/// Rows that need another one beside them.
pub fn beside(resource: &Resource, field: &Field, inputs: &mut Object) {
    match (resource.name, field.name) {
        ("Action", "secretsWos") => {
            inputs.insert("secretsWoVersion".into(), 1.into());
        }
        ("Action", "secretsWoVersion") => {
            let secrets = resource.field("secretsWos").expect("it is a row");
            inputs.insert(secrets.name.into(), sample(secrets, Pick::First));
        }
        ("Connection", "optionsClientSecretWo") => {
            inputs.insert("optionsClientSecretWoVersion".into(), 1.into());
            inputs.insert("strategy".into(), "oidc".into());
        }
        ("Connection", "optionsClientSecretWoVersion") => {
            inputs.insert("optionsClientSecretWo".into(), "one".into());
            inputs.insert("strategy".into(), "oidc".into());
        }
        ("Client", "anonymousSessions") => {
            inputs.insert("oidcConformant".into(), true.into());
        }
        ("Client", "resourceServerIdentifier") => {
            inputs.insert("appType".into(), "resource_server".into());
            inputs.insert(field.name.into(), "https://api.example.com/".into());
        }
        ("ClientGrant", "allowAllScopes") => {
            inputs.remove("scopes");
        }
        ("ConnectionScimConfiguration", "mappings") => {
            inputs.insert("userIdAttribute".into(), "one".into());
        }
        ("ConnectionScimConfiguration", "userIdAttribute") => {
            let mappings = resource.field("mappings").expect("it is a row");
            inputs.insert(mappings.name.into(), sample(mappings, Pick::First));
        }
        ("ResourceServer", "signingSecret") => {
            inputs.insert("signingAlg".into(), "HS256".into());
        }
        ("Role", "ownerId") => {
            inputs.insert("type".into(), "organization".into());
        }
        ("ClientGrant", "defaultFor") => {
            inputs.remove("clientId");
        }
        _ => {}
    }
}

/// The row, and those without which it cannot stand, nor they without it.
pub fn with_what_goes_along(resource: &Resource, field: &Field) -> Vec<&'static str> {
    let together = resource.rules.iter().find_map(|rule| match rule {
        Rule::Together(rows) if rows.contains(&field.name) => Some(rows.to_vec()),
        _ => None,
    });
    together.unwrap_or_else(|| vec![field.name])
}

/// How many requests a change of the row takes, where that is not one.
fn requests_of(resource: &Resource, field: &Field) -> std::ops::RangeInclusive<usize> {
    match (resource.name, field.name) {
        // All scopes are given up before some are listed.
        ("ClientGrant", "allowAllScopes") => 1..=2,
        // One request adds entries, and another takes some away.
        _ if matches!(resource.class, Class::Members(_)) => 1..=2,
        // Each part is written by itself.
        _ if let Class::Parts(of) = resource.class => 1..=of.parts.len(),
        // It is made elsewhere, and then set.
        _ if resource.class.registration().is_some() => 1..=2,
        // A block that is taken as a whole is cleared before the rest of it is set.
        _ if field.whole => 1..=2,
        _ => 1..=1,
    }
}

/// Whether nothing is left of it once it was deleted: settings are there always, and so are a list and what stands under a
/// key.
fn goes(resource: &Resource) -> bool {
    match resource.class {
        Class::Member(of) => of.of.listing.keyed.is_none(),
        Class::Collection(_) | Class::Own => true,
        Class::Single(of) => of.removed == Removed::Deleted,
        Class::Parts(_) | Class::Members(_) => false,
    }
}

/// Whether the API only echoes what was sent, so that it is read after a change.
pub fn echoes(resource: &Resource) -> bool {
    match resource.class {
        Class::Single(of) => of.echoes,
        Class::Parts(of) => of.parts.iter().any(|part| part.echoes),
        _ => false,
    }
}

/// What is done with one once it was made.
pub fn act_of(resource: &Resource) -> Option<&'static Act> {
    match resource.class {
        Class::Collection(of) => of.then,
        _ => None,
    }
}

struct Life<'a> {
    subject: &'a Subject,
    resource: &'static Resource,
    row: &'a Row,
    /// The top-level property that the row is in.
    field: &'static Field,
}

impl<'a> Life<'a> {
    fn of(subject: &'a Subject, resource: &'static Resource, row: &'a Row) -> Self {
        Life { subject, resource, row, field: row.top() }
    }
}

impl Life<'_> {
    fn when(&self, what: &str) -> String {
        format!("{}.{} {what}", self.resource.name, self.field.name)
    }

    /// Asserts that so many writes were sent, and nothing else: but a list is read after a change of it, and what comes to
    /// a state in its own time, or whose API only echoes what was sent, is looked at.
    fn count(&self, allowed: std::ops::RangeInclusive<usize>, when: &str) {
        let is_entry = matches!(self.resource.class, Class::Member(_) | Class::Members(_));
        let mut requests = self.subject.requests();
        // What no row knows is read before it is written back.
        let is_merged = self.field.rare == Rare::Merged;
        let is_adopted = self.resource.class.adopts_first();
        let is_acted_on = act_of(self.resource).is_some();
        // Parts of which the program says nothing are read.
        let is_read_whole = matches!(self.resource.class, Class::Parts(of) if of.is_read_whole);
        let is_looked_at = is_entry
            || is_merged
            || is_adopted
            || is_read_whole
            || echoes(self.resource)
            || is_acted_on;
        let is_looked_at = is_looked_at || self.resource.class.registration().is_some();
        requests.retain(|request| !(is_looked_at && request.method == "GET"));
        let sent = requests.iter().filter(|request| request.method != "GET").count();
        let bodies: Vec<String> = requests
            .iter()
            .map(|r| format!("{} {} {}", r.method, r.path, r.request_body))
            .collect();
        assert!(allowed.contains(&sent) && sent == requests.len(), "{when}: {bodies:#?}");
    }

    async fn live(&self) {
        let mut given = self.subject.least(self.resource, self.field);
        given.entry(self.field.name.to_owned()).or_insert_with(|| sample(self.field, Pick::First));
        beside(self.resource, self.field, &mut given);
        self.row.let_count(self.resource, &mut given);

        let when = self.when("set");
        let inputs = self.subject.check(self.resource, &given, &Object::new()).await;
        self.subject.requests();
        let created = self.subject.create(self.resource, &inputs).await;
        let mut stored = created.unwrap_or_else(|error| panic!("{when}: {error}"));
        let is_acted_on = act_of(self.resource).is_some_and(|act| act.row == self.field.name);
        let is_registered = self.resource.class.registration().is_some();
        // What is not there yet is written, and then made.
        let is_made = matches!(
            self.resource.class,
            Class::Single(Single { made: Made::WrittenElsePosted(_), .. })
        );
        let allowed = match self.resource.class {
            Class::Parts(_) => requests_of(self.resource, self.field),
            _ if is_acted_on => 2..=2,
            _ => 1..=1 + usize::from(is_made || is_registered),
        };
        self.count(allowed, &when);
        self.subject.settled(self.resource, &stored, &inputs, &when).await;

        // A change of what is never stored shows by its version alone.
        let shows = !self.field.never_stored && self.field.sent == Sent::CreateAndChange;
        if !self.field.is_replacing() && shows {
            stored = self.change(&mut given, stored).await;
            let required =
                is_asked_for(self.field) || REQUIRED_BY_THE_API.contains(&self.field.name);
            if self.field.presence != Presence::Required && !required {
                stored = self.remove(&mut given, stored).await;
            }
        }
        self.import(&stored).await;

        self.subject.delete(self.resource, &stored).await;
        let gone = self.subject.read(self.resource, &stored.id, Some(stored.state.clone())).await;
        assert_eq!(gone.is_none(), goes(self.resource), "{}", self.when("deleted"));
    }

    async fn change(&self, given: &mut Object, stored: Stored) -> Stored {
        let when = self.when("changed");
        if given[self.field.name] == sample(self.field, Pick::Second) {
            return stored;
        }
        given.insert(self.field.name.to_owned(), sample(self.field, Pick::Second));
        if self.field.name == "allowAllScopes" {
            given.insert("scopes".into(), Value::from(vec!["one"]));
        }
        let inputs = self.subject.check(self.resource, given, &stored.state.inputs).await;
        let diff = self.subject.diff(self.resource, &stored, &inputs).await;
        assert_eq!(diff.changes, Changes::Some, "{when}");
        assert!(diff.diffs.iter().any(|name| name == self.field.name), "{when}: {diff:?}");
        assert!(diff.replaces.is_empty(), "{when}: {diff:?}");
        self.subject.requests();
        let updated = self.subject.update(self.resource, &stored, &inputs).await;
        let updated = updated.unwrap_or_else(|error| panic!("{when}: {error}"));
        self.count(requests_of(self.resource, self.field), &when);
        self.subject.settled(self.resource, &updated, &inputs, &when).await;
        updated
    }

    async fn remove(&self, given: &mut Object, stored: Stored) -> Stored {
        let when = self.when("removed");
        let gone = with_what_goes_along(self.resource, self.field);
        gone.iter().for_each(|name| drop(given.remove(*name)));
        if let Some(version) = self.field.sent_with() {
            given.remove(version);
        }
        if self.resource.name == "ClientGrant" && self.field.name == "scopes" {
            given.insert("allowAllScopes".into(), true.into());
        }
        if self.resource.name == "ClientGrant" && self.field.name == "allowAllScopes" {
            given.insert("scopes".into(), Value::from(vec!["one"]));
        }
        let inputs = self.subject.check(self.resource, given, &stored.state.inputs).await;
        let still_given = inputs.get(self.field.name);
        let was = &stored.state.inputs[self.field.name];
        self.subject.engine.messages().await;
        let diff = self.subject.diff(self.resource, &stored, &inputs).await;
        // Where Check fills something in, the zero value was a wish.
        if is_absent(self.field, was) && still_given.is_none() {
            assert_eq!(diff.changes, Changes::None, "{when}: {diff:?}");
            return stored;
        }
        if still_given == Some(was) {
            return stored;
        }
        if self.field.is_usual(was) {
            return stored;
        }
        // A part that is off is as good as one that is not given.
        let is_off = was.as_object().is_some_and(|was| was.get("enabled") == Some(&false.into()));
        if diff.changes == Changes::None && is_off {
            return stored;
        }
        if diff.changes == Changes::None {
            told_to_stay(self.subject, &[self.field.name], &when).await;
            return stored;
        }
        assert_eq!(diff.changes, Changes::Some, "{when}");
        assert!(diff.diffs.iter().any(|name| name == self.field.name), "{when}: {diff:?}");
        if self.field.replaces_if_it_comes_or_goes {
            assert_eq!(diff.replaces, [self.field.name], "{when}");
            return stored;
        }
        self.subject.requests();
        let updated = self.subject.update(self.resource, &stored, &inputs).await;
        let updated = updated.unwrap_or_else(|error| panic!("{when}: {error}"));
        self.count(requests_of(self.resource, self.field), &when);
        self.subject.settled(self.resource, &updated, &inputs, &when).await;
        let read = self.subject.read(self.resource, &updated.id, None).await.expect("it is there");
        if still_given.is_none() && self.field.presence == Presence::Optional {
            let found = &read.state.outputs[self.field.name];
            let is_reset = is_absent(self.field, found) || self.field.is_usual(found);
            assert!(is_reset, "{when}, yet the tenant has {found:?}");
        }
        updated
    }

    /// What an import gives is a program whose first preview shows no change.
    async fn import(&self, stored: &Stored) {
        // What is never answered, the program has to give anew, and the first update sets it.
        let is_told = |row: &Field| {
            row.presence != Presence::Required || !(row.write_only || row.never_stored)
        };
        if !self.resource.inputs().all(is_told) {
            return;
        }
        let when = self.when("imported");
        let read = self.subject.read(self.resource, &stored.id, None).await.expect("it is there");
        let inputs =
            self.subject.check(self.resource, &read.state.inputs, &read.state.inputs).await;
        self.subject.settled(self.resource, &read, &inputs, &when).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_is_set_kept_changed_removed_and_imported() {
    let subject = Subject::start().await;
    let mut failed = Vec::new();
    for resource in resources() {
        for row in rows(resource).iter().filter(|row| row.way().len() == 1) {
            // Settings are as the row before has left them.
            let own = Subject::of_its_own(resource).await;
            let subject = own.as_ref().unwrap_or(&subject);
            let life = Life::of(subject, resource, row);
            if let Err(panic) = to_the_end(life.live()).await {
                failed.push(panic);
            }
        }
    }
    assert!(failed.is_empty(), "{} rows failed:\n{}", failed.len(), failed.join("\n"));
}

/// Whether the row is inside a block, and a change of it makes no new resource. Elements of lists are of the list.
fn changes_inside(row: &Row) -> bool {
    let way = row.way();
    let in_blocks = way[..way.len() - 1].iter().all(|block| matches!(block.kind, Kind::Object(_)));
    let field = row.field();
    let can_change = field.sent == Sent::CreateAndChange && !field.never_stored;
    way.len() > 1 && in_blocks && can_change && !way.iter().any(|row| row.is_replacing())
}

/// Whether Check asks for a name, since it cannot make one up.
pub fn is_asked_for(field: &Field) -> bool {
    field.autonamed && matches!(field.constraint, Constraint::OneOf(_))
}

/// What the API's document requires in a block although the published provider does not: without it, the
/// API refuses the block, and says so.
pub const REQUIRED_BY_THE_API: &[&str] = &[
    "addons.mscrm.url",
    "addons.rms.url",
    "addons.slack.team",
    "duo.hostname",
    "duo.integrationKey",
    "duo.secretKey",
    "phone.messageTypes",
    "phone.options.enrollmentMessage",
    "phone.provider",
    "phone.options.verificationMessage",
    "push.provider",
    "webauthnPlatform.overrideRelyingParty",
    "webauthnRoaming.overrideRelyingParty",
    "authorizationPolicy.policyId",
    "configuration.limit",
    "configuration.redirectUri",
    "defaultOrganization.flows",
    "defaultOrganization.organizationId",
    "expressConfiguration.adminLoginDomain",
    "expressConfiguration.connectionProfileId",
    "expressConfiguration.enableClient",
    "expressConfiguration.enableOrganization",
    "expressConfiguration.initiateLoginUriTemplate",
    "expressConfiguration.oktaOinClientId",
    "expressConfiguration.userAttributeProfileId",
    "myOrganizationConfiguration.allowedStrategies",
    "myOrganizationConfiguration.connectionDeletionBehavior",
    "options.gatewayAuthentication.audience",
    "options.gatewayAuthentication.method",
    "options.gatewayAuthentication.secret",
    "options.passwordDictionary.enable",
    "options.validation.username.max",
    "options.validation.username.min",
    "proofOfPossession.mechanism",
    "proofOfPossession.required",
    "rule.action.block",
    "sink.datadogApiKey",
    "sink.datadogRegion",
    "sink.httpEndpoint",
    "sink.mixpanelProjectId",
    "sink.mixpanelRegion",
    "sink.mixpanelServiceAccountPassword",
    "sink.mixpanelServiceAccountUsername",
    "sink.segmentWriteKey",
    "sink.splunkDomain",
    "sink.splunkPort",
    "sink.splunkSecure",
    "sink.splunkToken",
    "sink.sumoSourceAddress",
    "tokenEncryption.encryptionKey",
    "tokenEncryption.format",
    "webhookConfiguration",
    "webhookConfiguration.webhookAuthorization.username",
];

/// The object that holds the last step of the way.
pub fn holder<'a>(properties: &'a mut Object, way: &[&str]) -> &'a mut Object {
    way[..way.len() - 1].iter().fold(properties, |object, step| match object.get_mut(*step) {
        Some(Value::Object(inner)) => inner,
        other => panic!("{step} is {other:?}"),
    })
}

impl Life<'_> {
    async fn live_inside(&self) {
        let (row, names, inner) = (self.row, self.row.names(), self.row.field());
        let when = |what: &str| format!("{}.{} {what}", self.resource.name, row.path());
        let mut given = self.subject.least(self.resource, self.field);
        given.insert(self.field.name.to_owned(), sample(self.field, Pick::First));
        row.let_count(self.resource, &mut given);
        // What cannot stand beside the others.
        if !holder(&mut given, &names).contains_key(inner.name) {
            return;
        }
        beside(self.resource, self.field, &mut given);
        let inputs = self.subject.check(self.resource, &given, &Object::new()).await;
        let created = self.subject.create(self.resource, &inputs).await;
        let mut stored = created.unwrap_or_else(|error| panic!("{}: {error}", when("set")));

        let second = sample(inner, Pick::Second);
        for (what, value) in [("changed", Some(second)), ("removed", None)] {
            let when = when(what);
            let was = holder(&mut given, &names).remove(inner.name);
            let required = REQUIRED_BY_THE_API.contains(&names.join(".").as_str());
            if value == was
                || (value.is_none() && required)
                || (value.is_none() && inner.presence == Presence::Required)
            {
                break;
            }
            if let Some(value) = value {
                holder(&mut given, &names).insert(inner.name.to_owned(), value);
            }
            let inputs = self.subject.check(self.resource, &given, &stored.state.inputs).await;
            self.subject.engine.messages().await;
            let diff = self.subject.diff(self.resource, &stored, &inputs).await;
            let filled = what == "removed" && inner.default.is_some();
            let stays = what == "removed" && inner.reset == Reset::Keep && !filled;
            let usual = was.as_ref().is_some_and(|was| inner.is_usual(was));
            // Where the server takes absence for something else, the zero value is a wish like others.
            let assumed = matches!(inner.absent, Absent::Assumed(_));
            let zero = !filled
                && !assumed
                && what == "removed"
                && was.is_some_and(|was| is_absent(inner, &was));
            if stays || zero || inputs == stored.state.inputs {
                assert_eq!(diff.changes, Changes::None, "{when}: {diff:?}");
                if stays && !zero && !usual {
                    told_to_stay(self.subject, &names, &when).await;
                }
                break;
            }
            if diff.changes == Changes::None && what == "removed" {
                if !usual {
                    told_to_stay(self.subject, &names, &when).await;
                }
                break;
            }
            assert_eq!(diff.diffs, [self.field.name], "{when}");
            self.subject.requests();
            let updated = self.subject.update(self.resource, &stored, &inputs).await;
            stored = updated.unwrap_or_else(|error| panic!("{when}: {error}"));
            self.count(requests_of(self.resource, self.field), &when);
            self.subject.settled(self.resource, &stored, &inputs, &when).await;
            if what == "removed" && inner.presence == Presence::Optional {
                let read = self.subject.read(self.resource, &stored.id, None).await;
                // A block in which nothing is left may be gone.
                let found = read.expect("it is there").state.outputs;
                let found = row.get(&found);
                // What the server gives by itself has left the program too.
                let is_clear = |found: &Value| is_absent(inner, found) || inner.is_usual(found);
                let cleared = found.is_none_or(is_clear);
                assert!(cleared || filled, "{when}, yet the tenant has {found:?}");
            }
        }
        self.subject.delete(self.resource, &stored).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_inside_a_block_is_changed_and_removed() {
    let subject = Subject::start().await;
    let mut failed = Vec::new();
    for resource in resources() {
        for row in rows(resource).iter().filter(|row| changes_inside(row)) {
            // Settings are as the row before has left them.
            let own = Subject::of_its_own(resource).await;
            let subject = own.as_ref().unwrap_or(&subject);
            let life = Life::of(subject, resource, row);
            if let Err(panic) = to_the_end(life.live_inside()).await {
                failed.push(panic);
            }
        }
    }
    assert!(failed.is_empty(), "{} rows failed:\n{}", failed.len(), failed.join("\n"));
}

/// The preview says by name that what left the program stays.
async fn told_to_stay(subject: &Subject, names: &[&str], when: &str) {
    let path = format!("`{}", names.join("."));
    while let Some(message) = subject.engine.next_message().await {
        if message.text.contains(&path) && message.text.contains("as on the server") {
            return;
        }
    }
    panic!("{when}: it neither goes nor is it said that it stays");
}

/// Runs one life to its end or its first broken promise, so that all of them are reported together.
pub async fn to_the_end<T>(life: impl Future<Output = T>) -> Result<T, String> {
    use std::panic::AssertUnwindSafe;

    use futures_util::FutureExt;

    AssertUnwindSafe(life).catch_unwind().await.map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned()
    })
}

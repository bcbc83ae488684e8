//! An id by which the tenant has nothing: what it should look like, and where those that there are can be seen.

use std::path::Path;

use pulumi_rs_sdk::provider::list_line;
use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::table::rest::Class;

use crate::auth0::PACKAGE;

/// What to tell a user who wants to import the object `id`, of which the API says that it is not there.
pub(super) fn text(domain: &str, resource: &Resource, id: &str, plugin: Option<&Path>) -> String {
    let mut text = format!("no {} on {domain} has the ID {id:?}", resource.name);
    match (resource.class, resource.class.id()) {
        (_, Some(form)) => text += &format!(": it has the form `{}`", form.as_str()),
        (Class::Collection(of), None) => {
            let (member, path) = (of.id_member, of.path.as_str());
            text += &format!(": it is the `{member}` in answers of GET /api/v2/{path}");
        }
        _ => {}
    }
    if let (Some(_), Some(plugin)) = (resource.listed_by, plugin) {
        let line = list_line(&PACKAGE.resource_token(resource), plugin);
        text += &format!("; `{line}` shows which there are");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::{CLIENT, CLIENT_GRANT};

    #[test]
    fn it_says_what_the_id_is_and_how_to_list_them() {
        let plugin = Some(Path::new("/plugins/pulumi-resource-auth0"));
        assert_eq!(
            text("t.eu.auth0.com", &CLIENT, "My App", plugin),
            "no Client on t.eu.auth0.com has the ID \"My App\": it is the `client_id` in answers of GET \
             /api/v2/clients; `pulumi do --package /plugins/pulumi-resource-auth0 \
             auth0:index/client:Client list --all` shows which there are"
        );
        let said = text("t.eu.auth0.com", &CLIENT_GRANT.not_listed(), "x", plugin);
        assert!(said.ends_with("it is the `id` in answers of GET /api/v2/client-grants"), "{said}");
    }
}

//! A create whose outcome is unknown: it is found out whether something was made.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, CreateRequest, Created};
use pulumi_rs_sdk::table::{Rest, WireObject};

use super::adopt::name_of;
use super::create::created;
use super::tenant::Tenant;
use crate::api::ApiError;

impl Tenant {
    /// Finds out whether the create that failed with `error` has made something.
    ///
    /// # Guarantees
    /// The request is not sent again. An object is taken over only if it has the natural key of the
    /// request, or alone has a name that Check made up for this resource. Nothing is taken on a guess.
    pub(super) async fn recover(
        &self,
        context: &Context,
        request: &CreateRequest,
        rest: &Rest,
        error: ApiError,
    ) -> Result<Created, Error> {
        let error = Error::from(error);
        context.log.status("looking whether it was made, since no answer could be read");
        let found = match name_of(request) {
            _ if !request.resource.natural_key.is_empty() => self
                .find_by_key(context, request, rest)
                .await
                .map(|found| found.into_iter().collect()),
            Some((name, _)) => self.find_by_name(context, request, rest, name).await,
            None => Ok(Vec::new()),
        };
        let found: Vec<(String, WireObject)> = match found {
            Ok(found) => found,
            Err(search) => return Err(unsure(error, request, &search)),
        };
        let is_certain = match name_of(request) {
            _ if !request.resource.natural_key.is_empty() => true,
            Some((_, generated)) => generated && found.len() == 1,
            None => false,
        };
        match found.into_iter().collect::<Vec<_>>() {
            found if found.is_empty() => Err(nothing_made(error, request)),
            mut found if is_certain => {
                let (id, answer) = found.swap_remove(0);
                context.log.info(format!("{id} had been made although no answer came: taken over"));
                match request.resource.natural_key.is_empty() {
                    true => Ok(created(request, id, &answer)),
                    false => self.adopt(context, request, rest, id, answer).await,
                }
            }
            found => Err(candidates(error, request, &found)),
        }
    }

    async fn find_by_name(
        &self,
        context: &Context,
        request: &CreateRequest,
        rest: &Rest,
        name: &str,
    ) -> Result<Vec<(String, WireObject)>, Error> {
        let wire_name = request.resource.autonamed().map(|field| field.wire_name());
        self.list(context, rest, &[], |candidate| {
            let found = wire_name.as_ref().and_then(|wire| candidate.get(wire)?.as_str());
            found == Some(name)
        })
        .await
    }
}

fn nothing_made(mut error: Error, request: &CreateRequest) -> Error {
    error.message.push_str(&format!(
        "; no {} like this one is on the tenant, so that nothing seems to have been made: run `pulumi \
         up` again",
        request.resource.name
    ));
    error
}

fn unsure(mut error: Error, request: &CreateRequest, search: &Error) -> Error {
    error.message.push_str(&format!(
        "; whether the {} was made could not be found out ({search}): look for it on the tenant, and \
         import or delete it before you run again",
        request.resource.name
    ));
    error
}

fn candidates(mut error: Error, request: &CreateRequest, found: &[(String, WireObject)]) -> Error {
    let token = request.urn.split("::").nth(2).unwrap_or_default();
    let token = token.rsplit('$').next().unwrap_or_default();
    let name = request.urn.rsplit("::").next().unwrap_or_default();
    let lines: Vec<String> =
        found.iter().map(|(id, _)| format!("\n  pulumi import {token} {name} {id}")).collect();
    error.message.push_str(&format!(
        "; it may have been made: these have its name on the tenant. If one of them is it, import it; \
         otherwise run `pulumi up` again:{}",
        lines.concat()
    ));
    error
}

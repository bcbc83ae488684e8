//! The calls that only find things: functions, methods and lists.

use super::Client;
use super::answers::{Failure, checked, properties};
use super::client::answer;
use crate::check::Checked;
use crate::provider::{Found, Page};
use crate::server::proto::list_response::Response;
use crate::server::proto::*;
use crate::server::wire::{Struct, encode};
use crate::value::Object;

/// Asks for a page of the resources of a type.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// The token of the type.
    pub token: String,
    /// What to list them by.
    pub query: Object,
    /// How many in all; less than one for all there are.
    pub limit: i64,
    /// How many on a page; 0 leaves it to the provider.
    pub page_size: i64,
    /// Where to go on; empty for the first page.
    pub from: String,
}

/// What was listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// The query is not known yet, and so neither is the answer.
    Computed,
    /// A page.
    Page(Page),
}

impl Client {
    /// Has a function answered: its outputs, which stand in [`Checked::inputs`], or the mistakes in its arguments.
    ///
    /// # Errors
    /// What the provider says. Mistakes of the user are no error but in the answer: look at [`Checked::failures`].
    pub async fn invoke(&self, token: &str, arguments: Object) -> Result<Checked, Failure> {
        let request = InvokeRequest {
            tok: token.to_owned(),
            args: Some(encode(arguments)),
            ..InvokeRequest::default()
        };
        let response = answer(self.provider.clone().invoke(request).await)?;
        of_arguments(response.r#return, response.failures)
    }

    /// Has a method of the provider answered: its outputs, in [`Checked::inputs`], or the mistakes in its arguments.
    ///
    /// # Errors
    /// What the provider says. Mistakes of the user are no error but in the answer: look at [`Checked::failures`].
    pub async fn call(&self, token: &str, arguments: Object) -> Result<Checked, Failure> {
        let request = CallRequest {
            tok: token.to_owned(),
            args: Some(encode(arguments)),
            ..CallRequest::default()
        };
        let response = answer(self.provider.clone().call(request).await)?;
        of_arguments(response.r#return, response.failures)
    }

    /// Has a page of resources listed.
    ///
    /// # Errors
    /// What the provider says.
    ///
    /// # Panics
    /// Where the messages of the answer are not in the order of the protocol.
    pub async fn list(&self, list: List) -> Result<Listed, Failure> {
        let request = ListRequest {
            token: list.token,
            query: Some(encode(list.query)),
            limit: list.limit,
            page_size: list.page_size,
            continuation_token: list.from,
        };
        let mut stream = answer(self.provider.clone().list(request).await)?;
        let mut page = Page::default();
        while let Some(message) = stream.message().await.map_err(Failure::of)? {
            assert_eq!(page.next, None, "what says where to go on comes last");
            match message.response {
                Some(Response::Computed(_)) => {
                    assert_eq!(page, Page::default(), "what is not known comes alone");
                    let after = stream.message().await.map_err(Failure::of)?;
                    assert_eq!(after, None, "what is not known comes alone");
                    return Ok(Listed::Computed);
                }
                Some(Response::Result(found)) => {
                    page.found.push(Found { id: found.id, name: found.name });
                }
                Some(Response::Continuation(next)) => page.next = Some(next.continuation_token),
                None => panic!("a message of a list says something"),
            }
        }
        Ok(Listed::Page(page))
    }
}

fn of_arguments(outputs: Option<Struct>, failures: Vec<CheckFailure>) -> Result<Checked, Failure> {
    let failures = checked(CheckResponse { inputs: None, failures })?.failures;
    Ok(Checked { inputs: properties("return", outputs)?, failures })
}

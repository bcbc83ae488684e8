//! List: the resources of a type, page by page.

use tonic::Status;

use super::proto::list_response::{Computed, Continuation, Response, Result as Found};
use super::proto::{ListRequest, ListResponse};
use super::receive::receive;
use super::session::Session;
use crate::check::check_query;
use crate::provider::{self, Page, Provider};
use crate::value::{Value, reveal};

/// A token of a page that is longer than this is none of ours.
const LONGEST_TOKEN: usize = 4096;

/// One page: the resources, then where the next page begins if there is one.
///
/// A query that is not known yet has no answer yet either.
pub async fn list<P: Provider>(
    session: &Session<P>,
    request: ListRequest,
) -> Result<Vec<ListResponse>, Status> {
    let (resource, code) = session.resource(&request.token)?;
    if resource.listed_by.is_none() {
        return Err(Status::unimplemented(format!(
            "resources of the type {} cannot be listed: import them by their ids",
            request.token
        )));
    }
    let query = receive("query", request.query)?;
    let checked = check_query(resource, &reveal(query.clone()));
    let secrets = session.secrets().and(resource.fields, &query);
    if !checked.failures.is_empty() {
        let reasons: Vec<String> = checked.failures.iter().map(ToString::to_string).collect();
        return Err(Status::invalid_argument(secrets.redacted(reasons.join("\n"))));
    }
    let limit = usize::try_from(request.limit).ok().filter(|limit| *limit > 0);
    let page_size = usize::try_from(request.page_size).map_err(|_| {
        Status::invalid_argument(format!(
            "a page cannot have {} resources: ask for at least one, or 0 to leave it to the provider",
            request.page_size
        ))
    })?;
    let from = token(request.continuation_token)?;
    if checked.inputs.values().any(Value::contains_unknown) {
        return Ok(vec![response(Response::Computed(Computed {}))]);
    }
    session.require_configured()?;
    let context = session.context("", &secrets);
    let at_most = limit.into_iter().chain((page_size > 0).then_some(page_size)).min();
    let call = provider::ListRequest { resource, query: checked.inputs, at_most, from };
    let operation = session.operation();
    let page = tokio::select! {
        biased;
        page = code.list(&session.provider, &context, call) => page,
        // It changes nothing, so that it can be dropped where it stands.
        () = operation.cancelled() => {
            return Err(Status::cancelled(format!("listing {} was cancelled", request.token)));
        }
    };
    let page = page.map_err(|error| {
        Status::new(super::status::code(error.kind), secrets.redacted(error.message))
    })?;
    Ok(responses(page, limit))
}

/// The page as it travels. Where it reaches the limit, nothing comes after it.
fn responses(page: Page, limit: Option<usize>) -> Vec<ListResponse> {
    let whole = limit.is_some_and(|limit| page.found.len() >= limit);
    let found = page.found.into_iter().take(limit.unwrap_or(usize::MAX));
    let found = found.map(|found| Response::Result(Found { id: found.id, name: found.name }));
    let next = page
        .next
        .filter(|_| !whole)
        .map(|continuation_token| Response::Continuation(Continuation { continuation_token }));
    found.chain(next).map(response).collect()
}

fn response(response: Response) -> ListResponse {
    ListResponse { response: Some(response) }
}

fn token(token: String) -> Result<Option<String>, Status> {
    if token.len() > LONGEST_TOKEN || token.chars().any(|letter| !letter.is_ascii_graphic()) {
        return Err(Status::invalid_argument(
            "the continuation token is not one that this provider has given: begin anew without one",
        ));
    }
    Ok(Some(token).filter(|token| !token.is_empty()))
}

#[cfg(test)]
mod tests {
    use crate::server::demo::{properties, secret};
    use crate::server::finder::{Finder, SHELF, configured};
    use crate::server::testing::{Client, List, Listed};
    use crate::value::Value;

    fn shelves() -> List {
        List { token: SHELF.to_owned(), ..List::default() }
    }

    #[tokio::test]
    async fn pages_follow_each_other_by_their_tokens() {
        struct Case {
            limit: i64,
            page_size: i64,
            pages: &'static [&'static [&'static str]],
        }
        let cases = [
            Case { limit: 0, page_size: 0, pages: &[&["0", "1", "2", "3", "4"]] },
            Case { limit: -1, page_size: 2, pages: &[&["0", "1"], &["2", "3"], &["4"]] },
            Case { limit: 2, page_size: 0, pages: &[&["0", "1"]] },
            Case { limit: 3, page_size: 3, pages: &[&["0", "1", "2"]] },
            Case { limit: 9, page_size: 4, pages: &[&["0", "1", "2", "3"], &["4"]] },
        ];
        let (_, client) = configured().await;
        for Case { limit, page_size, pages } in cases {
            let mut next = Some(String::new());
            for page in pages {
                let from = next.expect("there is another page");
                let request = List { limit, page_size, from, ..shelves() };
                let Listed::Page(listed) = client.list(request).await.unwrap() else {
                    panic!("everything is known")
                };
                let ids: Vec<&str> = listed.found.iter().map(|found| &*found.id).collect();
                assert_eq!(ids, *page, "limit {limit}, pages of {page_size}");
                assert!(listed.found.iter().all(|f| f.name == format!("shelf {}", f.id)));
                next = listed.next;
            }
            assert_eq!(next, None, "limit {limit}, pages of {page_size}");
        }
    }

    #[tokio::test]
    async fn the_query_is_checked_and_comes_plain() {
        let (finder, client) = configured().await;
        let query = properties([("floor", secret("3"))]);
        client.list(List { query, ..shelves() }).await.unwrap();
        assert_eq!(*finder.seen(), [properties([("floor", 3.into())])]);

        let query = properties([
            ("floor", secret("canary")),
            ("room", "celar".into()),
            ("material", "oak".into()),
        ]);
        let failure = client.list(List { query, ..shelves() }).await.unwrap_err();
        assert_eq!(
            failure.to_string(),
            "InvalidArgument: floor: expected a whole number, got a string\n\
             material: unknown property: resources of this type cannot be listed by it\n\
             room: expected one of \"hall\", \"attic\", got \"celar\""
        );
    }

    #[tokio::test]
    async fn a_query_that_is_not_known_yet_has_no_answer_yet() {
        let (finder, client) = configured().await;
        let query = properties([("floor", Value::Unknown)]);
        assert_eq!(client.list(List { query, ..shelves() }).await.unwrap(), Listed::Computed);
        assert!(finder.seen().is_empty());
    }

    #[tokio::test]
    async fn what_cannot_be_listed_is_said_with_what_to_do() {
        struct Case {
            request: List,
            told: &'static str,
        }
        let token = |token: &str| List { token: token.to_owned(), ..List::default() };
        let cases = [
            Case {
                request: token("finder:index:Box"),
                told: "InvalidArgument: finder:index:Box is not in this native finder provider (1.2.3) yet; \
                       keep the published finder plugin for the stacks that use it",
            },
            Case {
                request: token("finder:index:Nail"),
                told: "Unimplemented: resources of the type finder:index:Nail cannot be listed: import them \
                       by their ids",
            },
            Case {
                request: List { page_size: -1, ..shelves() },
                told: "InvalidArgument: a page cannot have -1 resources: ask for at least one, or 0 to leave \
                       it to the provider",
            },
            Case {
                request: List { from: "a\nb".to_owned(), ..shelves() },
                told: "InvalidArgument: the continuation token is not one that this provider has given: \
                       begin anew without one",
            },
            Case {
                request: List { from: "nowhere".to_owned(), ..shelves() },
                told: "InvalidArgument: no such page",
            },
        ];
        let (_, client) = configured().await;
        for case in cases {
            assert_eq!(client.list(case.request).await.unwrap_err().to_string(), case.told);
        }
    }

    #[tokio::test]
    async fn it_needs_a_configuration() {
        let client = Client::start(Finder::default()).await.unwrap();
        assert_eq!(client.list(shelves()).await.unwrap_err().code, "FailedPrecondition");
    }
}

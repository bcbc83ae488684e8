//! How long a read may wait: its time comes with the call.

use std::time::{Duration, Instant};

use pulumi_resource_auth0::resources::CLIENT;
use pulumi_rs_sdk::testing::Read;

use super::subject::Subject;

#[tokio::test]
async fn a_read_that_the_tenant_puts_off_ends_in_its_time() {
    let subject = Subject::start().await;
    let rule = "GET /api/v2/clients/{id} => status:429:reset=3600";
    subject.tenant.add_fault(rule.parse().expect("a rule"));
    let read = Read {
        urn: subject.urn(&CLIENT),
        id: "any".to_owned(),
        known: None,
        timeout: Some(Duration::from_secs(1)),
    };

    let began = Instant::now();
    let failure = subject.engine.read(read).await.expect_err("it is put off for an hour");

    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    let told = "ResourceExhausted: GET /api/v2/clients/any: Auth0's rate limit did not let it through \
                within the 1 s that this operation may take";
    assert!(failure.to_string().starts_with(told), "{failure}");
}

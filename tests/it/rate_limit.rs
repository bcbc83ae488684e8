//! How the provider gets along with a rate limit that is a real bucket: all is done, in the time that the limit allows,
//! and few requests are refused.

use std::time::{Duration, Instant};

use auth0_local_tenant::{Options, Tenant};
use futures_util::{StreamExt, stream};
use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_resource_auth0::resources::CLIENT;
use pulumi_rs_sdk::testing::{Create, urn};
use pulumi_rs_sdk::value::Object;

use crate::engine;

#[tokio::test(flavor = "multi_thread")]
async fn creates_take_what_the_limit_allows_and_few_are_refused() {
    struct Case {
        limit: &'static str,
        foreign_load: u32,
        clients: usize,
        at_once: usize,
    }
    let cases = [
        Case { limit: "20/20", foreign_load: 0, clients: 100, at_once: 16 },
        Case { limit: "20/20", foreign_load: 50, clients: 100, at_once: 16 },
        // The first answer tells of a limit before most are sent.
        Case { limit: "50/50", foreign_load: 0, clients: 200, at_once: 200 },
    ];
    for Case { limit, foreign_load, clients, at_once } in cases {
        let limit = limit.parse().expect("a limit");
        let options = Options { rate_limits: vec![limit], foreign_load, ..Options::default() };
        let tenant = Tenant::start(options).expect("the tenant starts");
        let engine = engine::configured(engine::of(&tenant)).await;

        let began = Instant::now();
        let creates = (0..clients).map(|number| {
            let name = format!("client-{number}");
            let urn = urn(&PACKAGE.resource_token(&CLIENT), &name);
            let inputs = Object::from([("name".to_owned(), name.into())]);
            engine.create(Create { urn, inputs, ..Create::default() })
        });
        let made: Vec<_> = stream::iter(creates).buffer_unordered(at_once).collect().await;
        let took = began.elapsed();

        assert!(made.iter().all(Result::is_ok), "{made:?}");
        let requests = tenant.requests();
        let refused = requests.iter().filter(|request| request.status == Some(429)).count();
        let posts = requests.iter().filter(|request| request.path == "/api/v2/clients").count();
        assert_eq!(posts - refused, clients, "nothing was made twice");
        let what =
            format!("{foreign_load} % foreign, {at_once} at once: {refused} refused, {took:?}");
        assert!(refused <= clients / 20, "{what}");
        assert!(took < Duration::from_secs(30), "{what}");
    }
}

//! Which way requests take, and what is told where it leads nowhere.

use std::net::TcpListener;

use super::certificates::{HOST, Secured};
use super::proxy::Proxy;

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_is_reached_by_the_proxy_that_any_of_the_variables_names() {
    let secured = Secured::start();
    let proxy = Proxy::to(secured.tenant.domain());
    let address = format!("http://me:hunter2@{}", proxy.address);
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let (before, asked) = (proxy.seen().len(), secured.tenant.requests().len());
        secured.look(HOST, &[(variable, &address)]).await.expect("the tenant answers");
        let heads = proxy.seen().split_off(before);
        assert_eq!(heads.len(), 1, "{variable}: {heads:?}");
        let head = heads[0].to_ascii_lowercase();
        assert!(
            head.starts_with(&format!("connect {HOST}:443 http/1.1\r\n")),
            "{variable}: {head}"
        );
        // me:hunter2
        let password = "proxy-authorization: basic bwu6ahvudgvymg==\r\n";
        assert!(head.contains(password), "{variable}: {head}");
        assert_eq!(secured.tenant.requests().len(), asked + 1, "{variable}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_may_speak_socks() {
    let secured = Secured::start();
    let proxy = Proxy::socks_to(secured.tenant.domain());
    let address = format!("socks5h://{}", proxy.address);
    secured.look(HOST, &[("ALL_PROXY", &address)]).await.expect("the tenant answers");
    assert_eq!(proxy.seen(), [format!("{HOST}:443")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn loopback_is_reached_without_a_proxy_by_https_too() {
    let secured = Secured::start();
    let proxy = Proxy::that_answers("502 Bad Gateway");
    let address = format!("http://{}", proxy.address);
    let proxies = ["HTTPS_PROXY", "ALL_PROXY"].map(|variable| (variable, address.as_str()));
    secured.look(secured.tenant.domain(), &proxies).await.expect("the tenant answers");
    assert_eq!(proxy.seen(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_in_no_proxy_is_looked_for_without_one() {
    let secured = Secured::start();
    // A label of more than 63 characters is refused before any name server is asked.
    let host = format!("{}.example.com", "x".repeat(64));
    let goes_by_proxy = async |except: &str| {
        let proxy = Proxy::to(secured.tenant.domain());
        let address = format!("http://{}", proxy.address);
        let settings = [("HTTPS_PROXY", address.as_str()), ("NO_PROXY", except)];
        secured.look(&host, &settings).await.expect_err("it is no name of a host");
        !proxy.seen().is_empty()
    };
    let gone = tokio::join!(
        goes_by_proxy("example.com"),
        goes_by_proxy("a.test, .example.com"),
        goes_by_proxy("*"),
        goes_by_proxy("example.org"),
    );
    assert_eq!(gone, (false, false, false, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_leads_nowhere_is_named_and_its_password_is_not() {
    let secured = Secured::start();
    // A port that was free a moment ago.
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let closed = closed.expect("a free port").to_string();
    let [password, refused] = ["407 Proxy Authentication Required", "502 Bad Gateway"]
        .map(|status| Proxy::that_answers(status).address);
    let look = async |name: &str, variable: &str, address: &str| {
        let address = format!("http://me:hunter2@{address}");
        let message = secured.look(HOST, &[(variable, &address)]).await;
        format!("{name}: {}\n", message.expect_err("it leads nowhere"))
    };
    let (password, refused, nobody) = tokio::join!(
        look("407", "HTTPS_PROXY", &password),
        look("502", "https_proxy", &refused),
        look("nobody", "ALL_PROXY", &closed),
    );
    let socks = [("ALL_PROXY", format!("socks5h://me:hunter2@{closed}"))];
    let socks = socks.each_ref().map(|(variable, address)| (*variable, address.as_str()));
    let socks = secured.look(HOST, &socks).await.expect_err("it leads nowhere");
    let texts = format!("{password}{refused}{nobody}nobody by SOCKS: {socks}\n");
    assert!(!texts.contains("hunter2"), "{texts}");
    insta::assert_snapshot!(texts);
    assert!(secured.tenant.requests().is_empty());
}

//! A tenant whose certificate only a company trusts.

use std::fs;
use std::process::Command;

use auth0_local_tenant::{Options, Running, Tenant};
use pulumi_rs_sdk::testing::{Client, Read, urn};
use pulumi_rs_sdk::value::Object;
use tempfile::TempDir;

use super::proxy::Proxy;

/// A host that is none: only the proxy leads there.
pub const HOST: &str = "tenant.example.com";

/// A tenant that answers by HTTPS, also in the name of [`HOST`].
pub struct Secured {
    pub tenant: Running,
    folder: TempDir,
}

impl Secured {
    pub fn start() -> Secured {
        let options = Options { tls: true, tls_names: vec![HOST.into()], ..Options::default() };
        let tenant = Tenant::start(options).expect("the tenant starts");
        let folder = TempDir::new().expect("a temporary folder");
        let authority = tenant.authority().expect("it speaks HTTPS");
        fs::write(folder.path().join("ca.pem"), authority).expect("to write");
        Secured { tenant, folder }
    }

    /// What the plugin says to a look at a client at `domain`, where the company's authority is trusted.
    pub async fn look(&self, domain: &str, environment: &[(&str, &str)]) -> Result<(), String> {
        let authority = self.folder.path().join("ca.pem").display().to_string();
        let mut whole = vec![("SSL_CERT_FILE", authority.as_str())];
        whole.extend(environment);
        self.look_trusting(domain, &whole).await
    }

    async fn look_trusting(
        &self,
        domain: &str,
        environment: &[(&str, &str)],
    ) -> Result<(), String> {
        let mut command = Command::new(tests::plugin());
        for variable in ["HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
            command.env_remove(variable).env_remove(variable.to_ascii_lowercase());
        }
        command.envs(environment.iter().copied());
        let engine = Client::spawn(command).await.expect("its first line is its port");
        let config = [("domain", domain), ("apiToken", self.tenant.token())];
        let config = config.map(|(name, value)| (name.to_owned(), value.into()));
        engine.configure(Object::from(config)).await.expect("it does not ask the tenant");
        let urn = urn("auth0:index/client:Client", "mine");
        let read = Read { urn, id: "nobody".into(), ..Read::default() };
        let looked = engine.read(read).await.map_err(|failure| failure.message);
        engine.shut_down().await.expect("it can be interrupted");
        assert!(looked.as_ref().is_ok_and(Option::is_none) || looked.is_err(), "{looked:?}");
        looked.map(drop)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_authority_of_a_company_is_trusted_by_file_or_by_folder() {
    let secured = Secured::start();
    let proxy = format!("http://{}", Proxy::to(secured.tenant.domain()).address);
    let folder = secured.folder.path().display().to_string();
    let file = format!("{folder}/ca.pem");
    for trusted in [("SSL_CERT_FILE", &file), ("SSL_CERT_DIR", &folder)] {
        let settings = [("HTTPS_PROXY", proxy.as_str()), (trusted.0, trusted.1.as_str())];
        let looked = secured.look_trusting(HOST, &settings).await;
        assert_eq!(looked, Ok(()), "{trusted:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_it_nothing_is_sent_and_the_text_says_how_to_trust_it() {
    let secured = Secured::start();
    let other = rcgen::generate_simple_self_signed([HOST.to_owned()]).expect("a certificate");
    let another = secured.folder.path().join("another.pem").display().to_string();
    fs::write(&another, other.cert.pem()).expect("to write");
    let proxy = format!("http://{}", Proxy::to(secured.tenant.domain()).address);
    let missing = secured.folder.path().join("missing.pem").display().to_string();
    let mut texts = String::new();
    for (name, file) in [("another authority", &another), ("a file that is missing", &missing)] {
        let settings = [("HTTPS_PROXY", proxy.as_str()), ("SSL_CERT_FILE", file.as_str())];
        let message = secured.look_trusting(HOST, &settings).await.expect_err("nobody is trusted");
        texts.push_str(&format!("{name}: {message}\n"));
    }
    insta::assert_snapshot!(texts);
    assert!(secured.tenant.requests().is_empty());
}

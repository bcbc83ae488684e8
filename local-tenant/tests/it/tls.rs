//! HTTPS: who trusts the tenant, and what the command is told.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use auth0_local_tenant::{Options, Running, Tenant};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

fn start(faults: &[&str]) -> Running {
    let faults = faults.iter().map(|rule| rule.parse().unwrap()).collect();
    Tenant::start(Options { tls: true, faults, ..Options::default() }).unwrap()
}

/// A GET over TLS by one who trusts `authority` alone: the answer, or why there is none.
fn get(
    tenant: &Running,
    host: &'static str,
    authority: &str,
    path: &str,
) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()).unwrap();
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connection = ClientConnection::new(Arc::new(config), host.try_into().unwrap()).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(tenant.domain())?);
    let token = tenant.token();
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\r\n"
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn its_certificate_may_be_for_a_host_elsewhere() {
    let host = "tenant.example.com";
    let named = Options { tls: true, tls_names: vec![host.into()], ..Options::default() };
    let (named, other) = (Tenant::start(named).unwrap(), start(&[]));
    for (tenant, is_good) in [(&named, true), (&other, false)] {
        let answer = get(tenant, host, tenant.authority().unwrap(), "/api/v2/clients");
        assert_eq!(answer.is_ok(), is_good, "{answer:?}");
    }
}

#[test]
fn who_trusts_the_authority_is_answered_by_name_and_by_address() {
    let tenant = start(&[]);
    for host in ["localhost", "127.0.0.1", "::1"] {
        let authority = tenant.authority().unwrap();
        let answer = get(&tenant, host, authority, "/api/v2/clients").unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{host}: {answer}");
    }
    let configuration =
        get(&tenant, "localhost", tenant.authority().unwrap(), "/.well-known/openid-configuration");
    let issuer = format!("\"issuer\":\"https://{}/\"", tenant.domain());
    assert!(configuration.unwrap().contains(&issuer));
}

#[test]
fn who_trusts_another_tenants_authority_is_not_answered() {
    let (tenant, other) = (start(&[]), start(&[]));
    let error = get(&tenant, "localhost", other.authority().unwrap(), "/api/v2/clients");
    assert!(error.unwrap_err().to_string().contains("invalid peer certificate"));
    assert_eq!(tenant.requests().len(), 0);
}

#[test]
fn another_name_is_not_the_tenants() {
    let tenant = start(&[]);
    let error = get(&tenant, "tenant.auth0.com", tenant.authority().unwrap(), "/api/v2/clients");
    assert!(error.unwrap_err().to_string().contains("not valid for name"));
}

#[test]
fn a_connection_is_reset_under_tls_too() {
    let tenant = start(&["GET /api/v2/clients => reset"]);
    let error = get(&tenant, "localhost", tenant.authority().unwrap(), "/api/v2/clients");
    assert_eq!(error.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
}

fn run(arguments: &[&str], folder: &Path, script: &str) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auth0-local-tenant"));
    command.args(["run", "--tls"]).args(arguments).args(["--", "sh", "-c", script]);
    command.current_dir(folder).env("TMPDIR", folder).output().unwrap()
}

#[test]
fn the_command_is_told_a_domain_without_a_scheme_and_whom_to_trust() {
    let folder = tempfile::tempdir().unwrap();
    let script =
        "echo $AUTH0_DOMAIN; stat -c %a $SSL_CERT_FILE; cat $SSL_CERT_FILE; echo $SSL_CERT_FILE";
    for named in [false, true] {
        let arguments: &[&str] = if named { &["--tls-ca", "ca.pem"] } else { &[] };
        let output = run(arguments, folder.path(), script);
        let told = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = told.lines().collect();
        assert!(lines[0].starts_with("127.0.0.1:"), "{told}");
        assert_eq!((lines[1], lines[2]), ("600", "-----BEGIN CERTIFICATE-----"));
        assert!(!told.contains("PRIVATE KEY"));
        let path = Path::new(lines.last().unwrap());
        assert!(path.is_absolute());
        assert_eq!(path.exists(), named, "a file that was not asked for is gone again");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(left, [folder.path().join("ca.pem")], "nothing else was written");
    let mode = fs::metadata(&left[0]).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_file_for_the_certificate_is_nothing_without_tls() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auth0-local-tenant"));
    let output = command.args(["--tls-ca", "ca.pem"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(String::from_utf8(output.stderr).unwrap());
}

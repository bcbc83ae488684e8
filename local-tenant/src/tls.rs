//! HTTPS with a certificate authority made at start, whose key is never written.

use std::net::IpAddr;
use std::sync::Arc;

use jiff::Zoned;
use jiff::civil::Date;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

/// What the tenant answers HTTPS with, and whom its clients have to trust for that.
pub struct Tls {
    /// The certificate of the authority, in PEM.
    pub authority: String,
    /// Answers connections with a certificate of that authority.
    pub acceptor: TlsAcceptor,
}

/// Keys or certificates that could not be made.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct TlsError(String);

impl From<rcgen::Error> for TlsError {
    fn from(error: rcgen::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<rustls::Error> for TlsError {
    fn from(error: rustls::Error) -> Self {
        Self(error.to_string())
    }
}

impl Tls {
    /// An authority of this process's own, and a certificate of it for `localhost`, the loopback addresses and
    /// other names.
    ///
    /// # Errors
    /// Where the machine gives no randomness, or a name cannot be one of a host.
    pub fn new(listen: IpAddr, names: &[String]) -> Result<Self, TlsError> {
        let mut params = params("auth0-local-tenant (for development only)")?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        let authority = params.self_signed(&key)?.pem();
        let issuer = Issuer::new(params, key);

        let mut params = self::params("localhost")?;
        let addresses = ["127.0.0.1", "::1"].map(|ip| ip.parse().expect("an address"));
        params.subject_alt_names = vec![SanType::DnsName("localhost".try_into()?)];
        params.subject_alt_names.extend(addresses.map(SanType::IpAddress));
        for name in names {
            params.subject_alt_names.push(SanType::DnsName(name.as_str().try_into()?));
        }
        if !addresses.contains(&listen) {
            params.subject_alt_names.push(SanType::IpAddress(listen));
        }
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &issuer)?;

        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let mut config = ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { authority, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

/// A certificate for a year from yesterday on: clocks differ.
fn params(name: &str) -> Result<CertificateParams, TlsError> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name.push(DnType::CommonName, name);
    let today = Zoned::now().date();
    let at = |date: Date| {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        date_time_ymd(date.year().into(), month, day)
    };
    let from = today.yesterday().unwrap_or(today);
    params.not_before = at(from);
    params.not_after = at(from.saturating_add(jiff::Span::new().days(365)));
    Ok(params)
}

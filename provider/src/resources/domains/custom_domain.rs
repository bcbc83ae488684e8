//! `auth0.CustomDomain`: a domain of your own that the tenant answers on.

use pulumi_rs_sdk::table::rest::*;

/// The domain; it serves once it was verified.
pub const CUSTOM_DOMAIN: Resource =
    resource("CustomDomain", collection("custom-domains").id_from("custom_domain_id"))
        .doc("A domain of your own that the tenant answers on, once it was verified.")
        .fields(&[
            output("certificates", list(&object(&CERTIFICATE)))
                .wire("certificate")
                .last_of_list()
                .doc("The certificate that Auth0 keeps for the domain."),
            optional("customClientIpHeader", STRING)
                .one_of(&[
                    "cf-connecting-ip",
                    "x-forwarded-for",
                    "true-client-ip",
                    "x-azure-clientip",
                    "",
                ])
                .nullable()
                .doc("Header in which your proxy tells the address of the client."),
            required("domain", STRING)
                .replaces()
                .stated(&[Constraint::Length(3, 255), HOST])
                .doc("Name of the domain."),
            optional("domainMetadata", STRING_MAP)
                .stated(&[Constraint::Entries(0, 10), Constraint::Length(0, 255)])
                .doc("What you note of the domain."),
            output("isDefault", BOOL).doc("Whether it is the default domain of the tenant."),
            output("originDomainName", STRING)
                .doc("Name that your proxy has to send requests to, once it is verified."),
            output("primary", BOOL)
                .deprecated(
                    "A tenant can have several domains, and `isDefault` says which is meant.",
                )
                .doc("Whether it is the first domain of the tenant."),
            optional("relyingPartyIdentifier", STRING)
                .nullable()
                .not_empty()
                .stated(&[Constraint::Length(1, 255), HOST])
                .doc("Name that passkeys are made for, if that is not the domain."),
            output("status", STRING)
                .doc("How far it is: `pending_verification` or `ready` for instance."),
            // All recorded answers of domains that Auth0 keeps the certificate of.
            computed("tlsPolicy", STRING)
                .server_default(Literal::String("recommended"))
                .one_of(&["compatible", "recommended"])
                .doc("Which versions of TLS it takes."),
            required("type", STRING)
                .replaces()
                .one_of_ignoring_case(&["auth0_managed_certs", "self_managed_certs"])
                .doc("Who keeps its certificate: `auth0_managed_certs` or `self_managed_certs`."),
            output("verifications", list(&object(&VERIFICATION)))
                .wire("verification")
                .last_of_list()
                .doc("How it is verified, and how far that is."),
        ]);

const HOST: Constraint = Constraint::Characters("a-zA-Z0-9.-");

const CERTIFICATE: ObjectType = object_type(
    "CustomDomainCertificate",
    &[
        output("certificateAuthority", STRING).doc("Who has issued it."),
        output("errorMsg", STRING).doc("Why there is none."),
        output("renewsBefore", STRING).doc("When it will be renewed at the latest."),
        output("status", STRING).doc("How far it is: `provisioned` for instance."),
    ],
);

const VERIFICATION: ObjectType = object_type(
    "CustomDomainVerification",
    &[
        output("errorMsg", STRING).doc("Why it was not verified."),
        output("lastVerifiedAt", STRING).doc("When it was verified last."),
        output("methods", list(&ANY))
            .doc("Records that prove the domain to be yours: `name`, `record` and `domain`."),
        output("status", STRING).doc("How far it is: `verified` for instance."),
    ],
);

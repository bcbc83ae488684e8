//! A native Pulumi provider for Auth0.

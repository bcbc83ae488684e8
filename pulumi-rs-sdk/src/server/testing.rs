//! A client of the protocol, for tests.

//! `auth0.User`: somebody who signs in.

use pulumi_rs_sdk::table::rest::*;

/// The user, in one connection.
pub const USER: Resource = resource(
    "User",
    collection("users").id_from("user_id").paged(Paging::Offset),
)
.doc("Somebody who signs in through a connection.")
.fields(&[
    optional("appMetadata", STRING)
        .json()
        .overlaid()
        .doc("What applications know of the user, as a JSON object. Members that others have set stay."),
    optional("blocked", BOOL).doc("Whether the user cannot sign in."),
    required("connectionName", STRING)
        .wire("connection")
        .shown_at("identities.0.connection")
        .moves()
        .doc("Name of the connection that the user belongs to."),
    optional("customDomainHeader", STRING)
        .in_header()
        .doc("Domain of your own that mails to the user are sent for, where there are several."),
    optional("email", STRING).nullable().doc("Address of the mailbox of the user."),
    // A user who follows the link in a mail, or types the code of a message, makes them true.
    optional("emailVerified", BOOL)
        .kept()
        .usual(|_| true)
        .doc("Whether the mailbox is known to be the user's; it becomes so by itself too."),
    optional("familyName", STRING)
        .nullable()
        .stated(&[Constraint::Length(1, 150)])
        .doc("Family name of the user."),
    optional("givenName", STRING)
        .nullable()
        .stated(&[Constraint::Length(1, 150)])
        .doc("Given name of the user."),
    computed("name", STRING)
        .autonamed()
        .nullable()
        .stated(&[Constraint::Length(1, 300)])
        .doc("Full name of the user."),
    computed("nickname", STRING)
        .nullable()
        .stated(&[Constraint::Length(1, 300)])
        .doc("What the user is called."),
    // Nothing that nobody knows can be taken away.
    optional("password", STRING)
        .secret()
        .write_only()
        .kept()
        .doc("Password of the user, in a database. It is sent only where it changes."),
    optional("phoneNumber", STRING)
        .nullable()
        .stated(&[Constraint::Characters("+0-9")])
        .doc("Number of the phone of the user, as in `+4930123456`."),
    optional("phoneVerified", BOOL)
        .kept()
        .usual(|_| true)
        .doc("Whether the phone is known to be the user's; it becomes so by itself too."),
    computed("picture", STRING)
        .nullable()
        .stated(&[Constraint::Address(&[])])
        .doc("Address of a picture of the user."),
    computed("userId", STRING)
        .create_only()
        .behind('|')
        .moves()
        .stated(&[Constraint::Length(0, 255), Constraint::Without(" ")])
        .doc("ID of the user, with or without the name of the identity provider and `|` before it."),
    optional("userMetadata", STRING)
        .json()
        .overlaid()
        .doc("What the user has said, as a JSON object. Members that others have set stay."),
    optional("username", STRING)
        .nullable()
        .stated(&[Constraint::Length(1, 128)])
        .doc("Name that the user signs in with, where the connection wants one."),
    optional("verifyEmail", BOOL)
        .write_only()
        .kept()
        .doc("Whether the user gets a mail to show whose the mailbox is, each time that this becomes true."),
])
// The API refuses two of these in one request.
.apart(&["username", "password", "email_verified"])
.sought(&[
    sought("email", "users-by-email", "email"),
    sought("userId", "users", "q").form("identities.user_id:\"{value}\""),
    sought("username", "users", "q").form("username:\"{value}\""),
    sought("phoneNumber", "users", "q").form("phone_number:\"{value}\""),
]);

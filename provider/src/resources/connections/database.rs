//! Options of databases of users.

use pulumi_rs_sdk::table::rest::*;

use super::strategies::*;

/// The rows.
pub(super) const ROWS: &[Field] = &[
    optional("attributes", list(&object(&ATTRIBUTE)))
        .when("strategy", DATABASE)
        .last_of_list()
        .doc("By which attributes users are known, and how."),
    computed("authenticationMethods", list(&object(&AUTHENTICATION_METHOD)))
        .when("strategy", DATABASE)
        .last_of_list()
        .doc("Ways in which users prove who they are."),
    computed("bruteForceProtection", BOOL)
        .when("strategy", PASSWORDS)
        .doc("Whether accounts are blocked after many failed logins."),
    optional("configuration", STRING_MAP)
        .when("strategy", DATABASE)
        .absent_is_null()
        .secret()
        .write_only()
        .doc(
            "Values that the scripts of a database are given. They are encrypted, and never shown.",
        ),
    optional("customPasswordHash", object(&CUSTOM_PASSWORD_HASH))
        .when("strategy", DATABASE)
        .doc("An action that checks passwords which were hashed elsewhere."),
    optional("customScripts", STRING_MAP)
        .when("strategy", DATABASE)
        .camel_case()
        .absent_is_null()
        .doc("Scripts for a database of your own, by name: `login`, `getUser` and others."),
    optional("disableSelfServiceChangePassword", BOOL)
        .when("strategy", AD_AND_DATABASE)
        .doc("Whether users cannot change their passwords by themselves."),
    optional("disableSignup", BOOL)
        .when("strategy", PASSWORDS_AND_CODES)
        .doc("Whether nobody can sign up."),
    optional("enableScriptContext", BOOL)
        .when("strategy", DATABASE)
        .doc("Whether scripts are given the context of the login."),
    optional("enabledDatabaseCustomization", BOOL)
        .when("strategy", DATABASE)
        .camel_case()
        .doc("Whether the scripts of `customScripts` are used, with a database of your own."),
    optional("importMode", BOOL)
        .when("strategy", DATABASE)
        .doc("Whether users of your own database are copied when they log in."),
    computed("mfa", object(&MFA))
        .when("strategy", DATABASE)
        .doc("Multi-factor authentication of a database."),
    computed("passkeyOptions", object(&PASSKEY_OPTIONS))
        .when("strategy", DATABASE)
        .doc("How passkeys are offered."),
    computed("passwordComplexityOptions", object(&PASSWORD_COMPLEXITY_OPTIONS))
        .when("strategy", DATABASE)
        .doc("How long passwords have to be."),
    computed("passwordDictionary", object(&PASSWORD_DICTIONARY))
        .when("strategy", DATABASE)
        .doc("Words that passwords may not be."),
    computed("passwordHistories", list(&object(&PASSWORD_HISTORY)))
        .when("strategy", DATABASE)
        .wire("password_history")
        .last_of_list()
        .doc("How many old passwords cannot be taken again."),
    computed("passwordNoPersonalInfo", object(&PASSWORD_NO_PERSONAL_INFO))
        .when("strategy", DATABASE)
        .doc("Whether passwords may hold what is known of the user."),
    computed("passwordOptions", object(&PASSWORD_OPTIONS))
        .when("strategy", DATABASE)
        .doc("How strong passwords have to be, in detail."),
    computed("passwordPolicy", STRING)
        .when("strategy", DATABASE)
        .camel_case()
        .one_of(&["none", "low", "fair", "good", "excellent"])
        .doc("How strong passwords have to be."),
    optional("precedences", STRINGS)
        .when("strategy", DATABASE)
        .wire("precedence")
        .absent_is_null()
        .one_of_ignoring_case(&["email", "phone_number", "username"])
        .doc("Which attribute counts first, of several that identify a user."),
    optional("realmFallback", BOOL)
        .when("strategy", DATABASE)
        .doc("Whether users are looked for in other realms too."),
    optional("requiresUsername", BOOL)
        .when("strategy", DATABASE)
        .doc("Whether users have a username beside their email address."),
    computed("strategyVersion", INT).when("strategy", VERSIONED).doc("Version of the strategy."),
    optional("validation", object(&VALIDATION))
        .when("strategy", DATABASE)
        .doc("What usernames may be."),
];

const ATTRIBUTE_EMAIL_IDENTIFIER: ObjectType = object_type(
    "ConnectionOptionsAttributeEmailIdentifier",
    &[
        computed("active", BOOL).doc("Whether they are."),
        optional("defaultMethod", STRING)
            .one_of(&["password", "email_otp"])
            .doc("How they prove who they are by default."),
    ],
);

const ATTRIBUTE_EMAIL_SIGNUP_VERIFICATION: ObjectType = object_type(
    "ConnectionOptionsAttributeEmailSignupVerification",
    &[computed("active", BOOL).doc("Whether it is.")],
);

const ATTRIBUTE_EMAIL_SIGNUP: ObjectType = object_type(
    "ConnectionOptionsAttributeEmailSignup",
    &[
        computed("status", STRING)
            .stated(&[Constraint::OneOf(&["required", "optional", "inactive"])])
            .doc("Whether it is: `required`, `optional` or `inactive`."),
        computed("verifications", list(&object(&ATTRIBUTE_EMAIL_SIGNUP_VERIFICATION)))
            .wire("verification")
            .last_of_list()
            .doc("Whether it is verified."),
    ],
);

const ATTRIBUTE_EMAIL: ObjectType = object_type(
    "ConnectionOptionsAttributeEmail",
    &[
        computed("identifiers", list(&object(&ATTRIBUTE_EMAIL_IDENTIFIER)))
            .wire("identifier")
            .last_of_list()
            .doc("Whether users are known by it."),
        computed("profileRequired", BOOL).doc("Whether users have to have one."),
        computed("signups", list(&object(&ATTRIBUTE_EMAIL_SIGNUP)))
            .wire("signup")
            .last_of_list()
            .doc("Whether it is asked for when users sign up."),
        computed("unique", BOOL)
            .once()
            .assumed(|| true.into())
            .doc("Whether no two users can have the same."),
        computed("verificationMethod", STRING)
            .stated(&[Constraint::OneOf(&["link", "otp"])])
            .doc("How it is verified: by a `link` or a code (`otp`)."),
    ],
);

const ATTRIBUTE_PHONE_NUMBER_IDENTIFIER: ObjectType = object_type(
    "ConnectionOptionsAttributePhoneNumberIdentifier",
    &[
        computed("active", BOOL).doc("Whether they are."),
        computed("defaultMethod", STRING)
            .one_of(&["password", "phone_otp"])
            .doc("How they prove who they are by default."),
    ],
);

const ATTRIBUTE_PHONE_NUMBER_SIGNUP_VERIFICATION: ObjectType = object_type(
    "ConnectionOptionsAttributePhoneNumberSignupVerification",
    &[computed("active", BOOL).doc("Whether it is.")],
);

const ATTRIBUTE_PHONE_NUMBER_SIGNUP: ObjectType = object_type(
    "ConnectionOptionsAttributePhoneNumberSignup",
    &[
        computed("status", STRING)
            .stated(&[Constraint::OneOf(&["required", "optional", "inactive"])])
            .doc("Whether it is: `required`, `optional` or `inactive`."),
        computed("verifications", list(&object(&ATTRIBUTE_PHONE_NUMBER_SIGNUP_VERIFICATION)))
            .wire("verification")
            .last_of_list()
            .doc("Whether it is verified."),
    ],
);

const ATTRIBUTE_PHONE_NUMBER: ObjectType = object_type(
    "ConnectionOptionsAttributePhoneNumber",
    &[
        computed("identifiers", list(&object(&ATTRIBUTE_PHONE_NUMBER_IDENTIFIER)))
            .wire("identifier")
            .last_of_list()
            .doc("Whether users are known by it."),
        computed("profileRequired", BOOL).doc("Whether users have to have one."),
        computed("signups", list(&object(&ATTRIBUTE_PHONE_NUMBER_SIGNUP)))
            .wire("signup")
            .last_of_list()
            .doc("Whether it is asked for when users sign up."),
    ],
);

const ATTRIBUTE_USERNAME_IDENTIFIER: ObjectType = object_type(
    "ConnectionOptionsAttributeUsernameIdentifier",
    &[
        computed("active", BOOL).doc("Whether they are."),
        optional("defaultMethod", STRING)
            .one_of(&["password"])
            .doc("How they prove who they are by default."),
    ],
);

const ATTRIBUTE_USERNAME_SIGNUP: ObjectType = object_type(
    "ConnectionOptionsAttributeUsernameSignup",
    &[computed("status", STRING)
        .stated(&[Constraint::OneOf(&["required", "optional", "inactive"])])
        .doc("Whether it is: `required`, `optional` or `inactive`.")],
);

const ATTRIBUTE_USERNAME_VALIDATION_ALLOWED_TYPE: ObjectType = object_type(
    "ConnectionOptionsAttributeUsernameValidationAllowedType",
    &[
        computed("email", BOOL).doc("Whether it may be an email address."),
        computed("phoneNumber", BOOL).doc("Whether it may be a phone number."),
    ],
);

const ATTRIBUTE_USERNAME_VALIDATION: ObjectType = object_type(
    "ConnectionOptionsAttributeUsernameValidation",
    &[
        computed("allowedTypes", list(&object(&ATTRIBUTE_USERNAME_VALIDATION_ALLOWED_TYPE)))
            .last_of_list()
            .doc("What a username may be beside a name."),
        computed("maxLength", INT).stated(&[Constraint::Range(1, 128)]).doc("Most characters."),
        computed("minLength", INT).stated(&[Constraint::Range(1, 128)]).doc("Fewest characters."),
    ],
);

const ATTRIBUTE_USERNAME: ObjectType = object_type(
    "ConnectionOptionsAttributeUsername",
    &[
        computed("identifiers", list(&object(&ATTRIBUTE_USERNAME_IDENTIFIER)))
            .wire("identifier")
            .last_of_list()
            .doc("Whether users are known by it."),
        computed("profileRequired", BOOL).doc("Whether users have to have one."),
        computed("signups", list(&object(&ATTRIBUTE_USERNAME_SIGNUP)))
            .wire("signup")
            .last_of_list()
            .doc("Whether it is asked for when users sign up."),
        computed("validations", list(&object(&ATTRIBUTE_USERNAME_VALIDATION)))
            .wire("validation")
            .last_of_list()
            .doc("What usernames may be."),
    ],
);

const ATTRIBUTE: ObjectType = object_type(
    "ConnectionOptionsAttribute",
    &[
        optional("emails", list(&object(&ATTRIBUTE_EMAIL)))
            .wire("email")
            .last_of_list()
            .doc("The email address."),
        optional("phoneNumbers", list(&object(&ATTRIBUTE_PHONE_NUMBER)))
            .wire("phone_number")
            .last_of_list()
            .doc("The phone number."),
        optional("usernames", list(&object(&ATTRIBUTE_USERNAME)))
            .wire("username")
            .last_of_list()
            .doc("The username."),
    ],
);

const AUTHENTICATION_METHOD_EMAIL_OTP: ObjectType = object_type(
    "ConnectionOptionsAuthenticationMethodEmailOtp",
    &[computed("enabled", BOOL).doc("Whether it is on.")],
);

const AUTHENTICATION_METHOD_PASSKEY: ObjectType = object_type(
    "ConnectionOptionsAuthenticationMethodPasskey",
    &[computed("enabled", BOOL).doc("Whether it is on.")],
);

const AUTHENTICATION_METHOD_PASSWORD: ObjectType = object_type(
    "ConnectionOptionsAuthenticationMethodPassword",
    &[
        optional("apiBehavior", STRING)
            .default(Literal::String("required"))
            .assumed(|| "required".into())
            .one_of(&["required", "optional"])
            .doc("Whether a password is needed where users are made by the API."),
        computed("enabled", BOOL).doc("Whether it is on."),
        optional("signupBehavior", STRING)
            .default(Literal::String("allow"))
            .assumed(|| "allow".into())
            .one_of(&["allow", "block"])
            .doc("Whether users can sign up with a password."),
    ],
);

const AUTHENTICATION_METHOD_PHONE_OTP: ObjectType = object_type(
    "ConnectionOptionsAuthenticationMethodPhoneOtp",
    &[computed("enabled", BOOL).doc("Whether it is on.")],
);

const AUTHENTICATION_METHOD: ObjectType = object_type(
    "ConnectionOptionsAuthenticationMethod",
    &[
        computed("emailOtp", object(&AUTHENTICATION_METHOD_EMAIL_OTP)).doc("A code by email."),
        computed("passkey", object(&AUTHENTICATION_METHOD_PASSKEY)).doc("A passkey."),
        computed("password", object(&AUTHENTICATION_METHOD_PASSWORD)).doc("A password."),
        computed("phoneOtp", object(&AUTHENTICATION_METHOD_PHONE_OTP)).doc("A code to the phone."),
    ],
);

const CUSTOM_PASSWORD_HASH: ObjectType = object_type(
    "ConnectionOptionsCustomPasswordHash",
    &[required("actionId", STRING).doc("ID of the action.")],
);

const MFA: ObjectType = object_type(
    "ConnectionOptionsMfa",
    &[
        optional("active", BOOL)
            .server_default(Literal::Bool(true))
            .reset(Literal::Bool(true))
            .zero_is_a_value()
            .doc("Whether it is on."),
        optional("returnEnrollSettings", BOOL)
            .server_default(Literal::Bool(true))
            .reset(Literal::Bool(true))
            .zero_is_a_value()
            .doc("Whether answers tell how to enroll."),
    ],
);

const PASSKEY_OPTIONS: ObjectType = object_type(
    "ConnectionOptionsPasskeyOptions",
    &[
        computed("challengeUi", STRING)
            .one_of(&["both", "autofill", "button"])
            .doc("Where passkeys are asked for."),
        computed("localEnrollmentEnabled", BOOL)
            .doc("Whether users are asked to make one on the device."),
        computed("progressiveEnrollmentEnabled", BOOL)
            .doc("Whether users are asked to make one after a login."),
    ],
);

const PASSWORD_COMPLEXITY_OPTIONS: ObjectType = object_type(
    "ConnectionOptionsPasswordComplexityOptions",
    &[optional("minLength", INT)
        .stated(&[Constraint::Range(1, 128)])
        .at_least(1)
        .doc("Fewest characters.")],
);

const PASSWORD_DICTIONARY: ObjectType = object_type(
    "ConnectionOptionsPasswordDictionary",
    &[
        optional("dictionaries", STRINGS)
            .stated(&[Constraint::Length(0, 50)])
            .wire("dictionary")
            .unordered()
            .doc("Further words."),
        optional("enable", BOOL).doc("Whether it is on."),
    ],
);

const PASSWORD_HISTORY: ObjectType = object_type(
    "ConnectionOptionsPasswordHistory",
    &[
        optional("enable", BOOL).doc("Whether it is on."),
        optional("size", INT).doc("How many are remembered."),
    ],
);

const PASSWORD_NO_PERSONAL_INFO: ObjectType = object_type(
    "ConnectionOptionsPasswordNoPersonalInfo",
    &[optional("enable", BOOL).doc("Whether it is on.")],
);

const PASSWORD_OPTIONS_COMPLEXITY: ObjectType = object_type(
    "ConnectionOptionsPasswordOptionsComplexity",
    &[
        computed("characterTypeRule", STRING)
            .one_of(&["all", "three_of_four"])
            .doc("How many of the types of characters are needed."),
        computed("characterTypes", STRINGS)
            .unordered()
            .one_of(&["uppercase", "lowercase", "number", "special"])
            .doc("Types of characters."),
        computed("identicalCharacters", STRING)
            .one_of(&["allow", "block"])
            .doc("Whether the same character can follow itself many times."),
        computed("maxLengthExceeded", STRING)
            .one_of(&["truncate", "error"])
            .doc("What becomes of a longer one."),
        computed("minLength", INT).range(1, 72).doc("Fewest characters."),
        computed("sequentialCharacters", STRING)
            .one_of(&["allow", "block"])
            .doc("Whether characters can follow each other as in the alphabet."),
    ],
);

const PASSWORD_OPTIONS_DICTIONARY: ObjectType = object_type(
    "ConnectionOptionsPasswordOptionsDictionary",
    &[
        computed("active", BOOL).doc("Whether it is on."),
        computed("customs", STRINGS)
            .stated(&[Constraint::Length(0, 50)])
            .wire("custom")
            .unordered()
            .doc("Further words."),
        computed("default", STRING)
            .one_of(&["en_10k", "en_100k"])
            .doc("Which list of known passwords."),
    ],
);

const PASSWORD_OPTIONS_HISTORY: ObjectType = object_type(
    "ConnectionOptionsPasswordOptionsHistory",
    &[
        computed("active", BOOL).doc("Whether it is on."),
        computed("size", INT).range(1, 24).doc("How many are remembered."),
    ],
);

const PASSWORD_OPTIONS_PROFILE_DATA: ObjectType = object_type(
    "ConnectionOptionsPasswordOptionsProfileData",
    &[
        computed("active", BOOL).doc("Whether it is on."),
        computed("blockedFields", STRINGS)
            .stated(&[Constraint::Length(0, 100)])
            .unordered()
            .doc("Fields of the profile."),
    ],
);

const PASSWORD_OPTIONS: ObjectType = object_type(
    "ConnectionOptionsPasswordOptions",
    &[
        computed("complexity", object(&PASSWORD_OPTIONS_COMPLEXITY))
            .doc("What passwords are made of."),
        computed("dictionary", object(&PASSWORD_OPTIONS_DICTIONARY))
            .doc("Words that passwords may not be."),
        computed("history", object(&PASSWORD_OPTIONS_HISTORY))
            .doc("How many old passwords cannot be taken again."),
        computed("profileData", object(&PASSWORD_OPTIONS_PROFILE_DATA))
            .doc("What is known of a user, and passwords may not hold."),
    ],
);

const VALIDATION_USERNAME: ObjectType = object_type(
    "ConnectionOptionsValidationUsername",
    &[
        optional("max", INT)
            .stated(&[Constraint::Range(1, 128)])
            .at_least(1)
            .doc("Most characters."),
        optional("min", INT).at_least(1).doc("Fewest characters."),
    ],
);

const VALIDATION: ObjectType = object_type(
    "ConnectionOptionsValidation",
    &[optional("username", object(&VALIDATION_USERNAME)).doc("What usernames may be.")],
);

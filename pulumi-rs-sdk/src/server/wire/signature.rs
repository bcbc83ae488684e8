//! The constants by which special values are told from plain ones.

/// The key that makes an object a special value; its value says of which kind.
pub const KEY: &str = "4dabf18193072939515e22adb298388d";

/// A secret: `value`.
pub const SECRET: &str = "1b47061264138c4ac30d75fd1eb44270";
/// A reference to a resource: `urn`, `id`, `packageVersion`.
pub const RESOURCE: &str = "5cf8f73096256a8f31e491e813e4eb8e";
/// A value with its dependencies: `value`, `secret`, `dependencies`.
pub const OUTPUT: &str = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
/// A string that is not UTF-8: `value` in base64.
pub const BYTE_STRING: &str = "803fd3297a5875dc03ca845dda5d2a98";
/// A blob: `hash` and one of `text`, `path`, `uri`.
pub const ASSET: &str = "c44067f5952c0a294b673a41bacd8c17";
/// A tree of blobs: `hash` and one of `assets`, `path`, `uri`.
pub const ARCHIVE: &str = "0def7320c3a5731c473e5ecbe6d01bc7";

/// The string that stands for an unknown string, or for an unknown value of no known type.
pub const UNKNOWN_STRING: &str = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/// The strings that stand for unknown values; which one says what type the value will have.
pub const UNKNOWNS: [&str; 7] = [
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    UNKNOWN_STRING,
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

//! The differences between the recorded requests and ours that are meant to be, and why.

/// A difference that is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meant {
    OfAnotherResource,
    DefaultOfThePublishedProvider,
    AuthMethodOfAnother,
    UnchangedIsNotSent,
    UnchangedInsideABlock,
    NullsApart,
    ClearedWithoutNeed,
    ClearedSinceSomethingLeft,
    OrderAlone,
    ZeroOfNothing,
    TextInAMap,
    RefusedByCheck,
    NothingToSend,
}

impl Meant {
    /// Why it is meant.
    pub fn reason(self) -> &'static str {
        match self {
            Meant::OfAnotherResource => {
                "a recorded member that no property of the published resource sets: it comes from \
                 another resource of the same object, or from an SDK"
            }
            Meant::DefaultOfThePublishedProvider => {
                "a member that the recording lacks and whose value the published provider fills in \
                 where the program gives none"
            }
            Meant::AuthMethodOfAnother => {
                "a token_endpoint_auth_method that is not the one of this kind of application: \
                 older versions of the published provider and SDKs send any or none, today's sends \
                 that one and leaves others to another resource"
            }
            Meant::UnchangedIsNotSent => {
                "a recorded member of a PATCH with the value that the object had: the published \
                 provider sends the whole configuration, ours what changed"
            }
            Meant::UnchangedInsideABlock => {
                "members inside a changed block with the value that the object had, sent by one and \
                 not by the other"
            }
            Meant::NullsApart => {
                "PATCHes that follow one another directly: the published provider sends nulls in \
                 a request of their own"
            }
            Meant::ClearedWithoutNeed => {
                "a block that the published provider clears by null before it sets it, though \
                 nothing leaves it"
            }
            Meant::ClearedSinceSomethingLeft => {
                "a block that ours clears before it sets it, since something has left it: so the \
                 published provider does today, and did not when this was recorded"
            }
            Meant::OrderAlone => {
                "a change of nothing but the order of a list whose order means nothing"
            }
            Meant::ZeroOfNothing => {
                "a false, 0 or empty text for what the object did not have: the same as none"
            }
            Meant::TextInAMap => {
                "a number or boolean in a map whose values are texts for the published provider too"
            }
            Meant::RefusedByCheck => "what the real API refused is refused before it is sent",
            Meant::NothingToSend => "a PATCH that changes nothing: ours is not sent",
        }
    }
}

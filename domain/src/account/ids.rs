use crate::id::random_id;

random_id!(
    /// The key of an account.
    AccountId
);
random_id!(
    /// Names a session to its owner, who ends it by this name. It proves nothing: that is what the
    /// session's [`super::Token`] is for.
    SessionId
);
random_id!(
    /// The key of an entry in an address book.
    SavedAddressId
);
random_id!(
    /// Names a passkey to its owner. What the device calls it is known to the store alone.
    PasskeyId
);

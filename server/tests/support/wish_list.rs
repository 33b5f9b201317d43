//! Wish lists, as customers keep them.

pub(crate) const ADD_WISH: &str = "/api/lists/wishes";
pub(crate) const OPEN_LIST: &str = "/api/lists";
pub(crate) const REMOVE_LIST: &str = "/api/lists/removals";
pub(crate) const RENAME_LIST: &str = "/api/lists/names";
pub(crate) const SHARE_LIST: &str = "/api/lists/shares";
pub(crate) const STOP_SHARING: &str = "/api/lists/shares/removals";
pub(crate) const REMOVE_WISH: &str = "/api/lists/wishes/removals";
pub(crate) const NOTE_WISH: &str = "/api/lists/wishes/notes";
pub(crate) const MOVE_WISH: &str = "/api/lists/wishes/moves";

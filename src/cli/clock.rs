//! What time it is, as frames tell it.

use std::time::SystemTime;

use tcptrace::time::Timestamp;

/// The time now.
pub fn now() -> Timestamp {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    Timestamp::new(now.as_secs().cast_signed(), now.subsec_nanos().into())
}

//! What is said of what the capture did to the traffic.

use crate::sink::words::group::texts;

texts! {
    /// What the capture did to the traffic, not the network nor the ends.
    CaptureTexts {
        copy,
        /// A segment that was seen before: `{0}` the frame, `{1}` the time since.
        copy_of,
        /// The same, where it was seen somewhere else.
        copy_elsewhere,
    }
}

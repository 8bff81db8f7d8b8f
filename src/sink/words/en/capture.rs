//! What the capture did to the traffic.

use crate::sink::words::capture::CaptureTexts;

pub(super) const WORDS: CaptureTexts = CaptureTexts {
    copy: "seen before",
    copy_of: "the segment of frame {0} captured again, {1} later",
    copy_elsewhere: "the segment of frame {0} captured at another point, {1} later",
};

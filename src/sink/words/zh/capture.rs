//! What the capture did to the traffic.

use crate::sink::words::capture::CaptureTexts;

pub(super) const WORDS: CaptureTexts = CaptureTexts {
    copy: "重复抓到",
    copy_of: "第 {0} 帧的报文段又被抓到一次，相隔 {1}",
    copy_elsewhere: "第 {0} 帧的报文段在另一处又被抓到，相隔 {1}",
};

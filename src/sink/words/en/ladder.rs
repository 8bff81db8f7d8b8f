//! Sequence diagrams.

use crate::sink::words::ladder::LadderTexts;

pub(super) const WORDS: LadderTexts = LadderTexts {
    title: "sequence diagram of {0}: {1}",
    bytes: "({0} {0|byte|bytes})",
    lost: "lost",
    unanswered: "no answer",
    copy_of: "copy of {0}",
    copied: "copied on the way",
    conflicting: "other text than before",
    again: "resent",
    timeout: "resent: timeout",
    fast: "resent: fast",
    tail_probe: "resent: tail probe",
    spurious: "resent: spurious",
    path_mtu: "resent: path MTU",
    folded: "{0} {0|segment|segments}, {1}",
    folded_data: "{0} {0|segment|segments}, {2}, {1}",
    folded_both: "{0} {0|segment|segments}, {2} → ← {3}, {1}",
    folded_again: "{0} resent",
    folded_overtaken: "{0} out of order",
    folded_copies: "{0} {0|copy|copies}",
    folded_repeated: "{0} repeated {0|ACK|ACKs}",
    opens: "{0} {0|segment is|segments are} folded; --all shows each",
    left_out: "{0} {0|segment|segments} behind the beginning {0|is|are} not drawn: there were too many",
};

//! A run as it stands.

use crate::sink::words::standing::StandingTexts;

pub(super) const WORDS: StandingTexts = StandingTexts {
    frames: "{0} {0|frame|frames}",
    dropped: "{0} dropped by kernel",
    open: "{0} open",
    half_open: "{0} half-open",
    asked_for: "{0} not answered yet",
    more_open: "… {0} more {0|connection|connections} open: shown are those in trouble and the latest",
    more_servers: "… {0} more {0|server|servers}, with fewer connections",
    more_lines: "… {0} more {0|line|lines}",
};

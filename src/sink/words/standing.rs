//! A run as it stands.

use crate::sink::words::group::texts;

texts! {
    /// A run as it stands.
    StandingTexts {
        /// So many frames.
        frames,
        /// So many of them the kernel dropped.
        dropped,
        /// Connections that have not ended, by how far they have come.
        open,
        half_open,
        asked_for,
        /// {0} open connections are not shown, as there is no room.
        more_open,
        /// {0} servers are not shown, as there is no room.
        more_servers,
        /// {0} lines are not shown, as there is no room.
        more_lines,
    }
}

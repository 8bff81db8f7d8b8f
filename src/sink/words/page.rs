//! The page: what stands around what other styles say.

use crate::sink::words::group::texts;

texts! {
    /// The page.
    PageTexts {
        /// What the page is; behind it stand names of files.
        title,
        /// {0}, the name of a file, and {1} others.
        and_others,
        /// {0} connections in {1}.
        connections_in,
        /// Behind it: none failed; {0} failed: {1}, a list of verdicts.
        none_failed,
        failed,
        /// Behind that: {0} were slow.
        slow,
        /// Labels of figures.
        connections,
        have_failed,
        were_slow,
        segments,
        frames,
        bytes,
        lasted,
        first_byte,
        /// Headings.
        diagnoses,
        waited_longest,
        all_connections,
        in_full,
        made,
        /// All connections, on a button.
        all,
        /// The field of the search, and what may be searched for.
        search,
        search_for,
        /// {0} of {1} rows are shown.
        rows_shown,
        /// On a button: shows the rows that are not.
        show_all,
        open_all,
        close_all,
        /// The switch to the other of light and dark.
        light_and_dark,
        /// Where there are no scripts.
        no_script,
        /// What keys do.
        keys,
        /// {0} connections have no row; {1}, a list of verdicts.
        rows_left_out,
        /// {0} of {1} connections are shown in full.
        shown_in_full,
        /// The heading of what shows what became of a connection.
        evidence,
        /// Headings of what there is of a connection.
        report,
        ladder,
        sequence,
        all_segments,
        /// A heading: what a segment is.
        what,
        window,
        /// {0} segments are left out.
        left_out,
        /// Which command made it, of which version.
        command,
        version,
        files,
        captured,
        /// A link to a connection, and to the table.
        link,
        to_table,
        /// Words before numbers of frames, parted by bars, the first before several too; and
        /// what may stand between several.
        before_frames,
        between_frames,
    }
}

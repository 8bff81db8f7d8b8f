//! What the screen says by itself, in both languages. Verdicts, states, causes and most
//! headings are the [library's](tcptrace::sink::words).

use tcptrace::sink::text::Text;
use tcptrace::sink::words::Lang;
use tcptrace::sink::words::fill::{self, Value};

/// Declares the texts, and for the tests how to go through them.
macro_rules! screen_words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The texts of the screen.
        #[derive(Debug)]
        pub struct ScreenWords {
            $($(#[$doc])* pub $name: &'static str,)*
        }

        #[cfg(test)]
        impl ScreenWords {
            fn texts(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name)),*]
            }
        }
    };
}

screen_words! {
    /// Headings of columns that only the screen has.
    states,
    age,
    rate,
    in_flight,
    waits_for,
    /// Of what it waits for and what it was limited by in one.
    held_by,
    process,
    connections,
    asked_for,
    over,
    /// Of a connection whose handshake goes on.
    opening,
    failed,
    /// Connections by what has become of them: {0} are so.
    count_failed,
    count_over,
    count_left_out,
    /// The head: {0} frames, kernel's counters.
    frames,
    received,
    dropped,
    dropped_by_interface,
    given_up,
    /// The run: paused, over, over with an error {0}, waiting for the first frame.
    paused,
    ended,
    failed_with,
    waiting,
    /// Behind the first flaw of the capture: {0} more.
    more_flaws,
    /// {0} is a server with {1} handshakes that go on, of {2} tried, from {3} addresses.
    opening_at,
    /// Rows {0} to {1} of {2}.
    rows,
    /// Nothing passes the filter.
    none_pass,
    no_connections,
    /// What a row waits for: {0} for so long {1}.
    waits_since,
    window_closed,
    /// What it was limited by: {0}, {1} percent of its time.
    limited,
    /// What an end sent: {0} so much in {1} segments, {2} of them again.
    sent,
    flight_of_window,
    flight,
    rtt_is,
    first_byte_is,
    age_is,
    lasted,
    /// The group of those whose process is not known.
    no_process,
    /// The line of the filter.
    filter,
    filter_hint,
    /// Short causes, for a narrow column.
    short_handshake,
    short_client_application,
    short_server_application,
    short_client_window,
    short_server_window,
    short_client_send_buffer,
    short_server_send_buffer,
    short_loss,
    short_delayed_ack,
    short_path,
    short_closing,
    short_unknown,
    /// Keys in the last line.
    key_open,
    key_filter,
    key_sort,
    key_group,
    key_pause,
    key_go_on,
    key_help,
    key_quit,
    key_narrow,
    key_back,
    /// The page of keys.
    help_table,
    help_move,
    help_page,
    help_ends,
    help_open,
    help_back,
    help_sort,
    help_reverse,
    help_filter,
    help_group,
    help_pause,
    help_capture,
    help_redraw,
    help_suspend,
    help_help,
    help_quit,
    help_mouse,
    help_filter_title,
    help_filter_any,
    help_filter_port,
    help_filter_end,
    help_filter_of,
    help_filter_not,
    help_filter_longer,
    help_columns_title,
    help_states,
    help_rate,
    help_in_flight,
    help_waits,
    help_held,
    help_limited,
    help_opened_title,
    /// The page of the capture.
    capture_title,
    no_flaws,
}

/// What the screen says in a language.
pub const fn words(lang: Lang) -> &'static ScreenWords {
    match lang {
        Lang::En => &super::words_en::WORDS,
        Lang::Zh => &super::words_zh::WORDS,
    }
}

/// A text with its values.
pub fn said(words: &str, values: &[Value<'_>]) -> String {
    let mut text = Text::default();
    fill::write(words, values, &mut text);
    String::from_utf8_lossy(text.octets()).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn places(text: &str) -> BTreeSet<&str> {
        let inside = text.split('{').skip(1);
        inside
            .map(|rest| rest.split(['|', '}']).next().unwrap())
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_values() {
        let (english, chinese) = (words(Lang::En).texts(), words(Lang::Zh).texts());
        for ((name, english), (_, chinese)) in english.into_iter().zip(chinese) {
            assert_eq!(places(english), places(chinese), "{name}");
        }
    }

    #[test]
    fn no_text_is_left_in_the_other_language() {
        let is_han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for (name, text) in words(Lang::En).texts() {
            assert!(!is_han(text), "{name}: {text}");
        }
        for (name, text) in words(Lang::Zh).texts() {
            assert!(
                is_han(text) || text.is_ascii() && text.len() < 8,
                "{name}: {text}"
            );
        }
    }
}

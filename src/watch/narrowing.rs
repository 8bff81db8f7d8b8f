//! Which connections are shown: words that are typed, and that all have to match.

use std::fmt::Write;
use std::net::SocketAddr;

use tcptrace::sink::sentence;
use tcptrace::sink::words::Words;
use tcptrace::time::Span;

use crate::watch::listed::Listed;
use crate::watch::row::RowEnd;

/// The words of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Narrowing {
    terms: Vec<Term>,
}

/// A word of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    is_not: bool,
    of: Of,
    /// In small letters.
    text: String,
}

/// What a word is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Anything,
    Port,
    Client,
    Server,
    Process,
    Verdict,
    State,
    /// How long it waits for something.
    Longer(Span),
}

/// The words in front of a colon.
const FIELDS: [(&str, Of); 6] = [
    ("port:", Of::Port),
    ("client:", Of::Client),
    ("server:", Of::Server),
    ("process:", Of::Process),
    ("verdict:", Of::Verdict),
    ("state:", Of::State),
];

impl Narrowing {
    /// What was typed. Whatever it is, it means something: what is not understood is
    /// looked for as it is.
    pub fn parse(typed: &str) -> Self {
        let terms = typed.split_whitespace().map(Term::parse);
        Self {
            terms: terms.collect(),
        }
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a connection passes. `room` is where its text is put together.
    pub fn passes(&self, listed: &Listed, words: &Words, room: &mut String) -> bool {
        let mut is_written = false;
        self.terms.iter().all(|term| {
            if term.of == Of::Anything && !is_written {
                room.clear();
                write_all(listed, words, room);
                is_written = true;
            }
            let text = if is_written { room.as_str() } else { "" };
            term.matches(listed, text, words) != term.is_not
        })
    }
}

impl Term {
    fn parse(word: &str) -> Self {
        let bare = word
            .strip_prefix(['-', '!'])
            .filter(|bare| !bare.is_empty());
        let (is_not, word) = (bare.is_some(), bare.unwrap_or(word).to_lowercase());
        if let Some(longer) = word.strip_prefix('>').and_then(span) {
            let (of, text) = (Of::Longer(longer), String::new());
            return Self { is_not, of, text };
        }
        let field = FIELDS
            .iter()
            .find_map(|(name, of)| Some((*of, word.strip_prefix(name)?)));
        let (of, text) = field.unwrap_or((Of::Anything, &word));
        let text = text.to_owned();
        Self { is_not, of, text }
    }

    fn matches(&self, listed: &Listed, all: &str, words: &Words) -> bool {
        let (row, text) = (&listed.row, &self.text);
        let ends = [&row.client, &row.server];
        match self.of {
            Of::Anything => all.contains(text.as_str()),
            Of::Port => ends.iter().any(|end| end.addr.port().to_string() == *text),
            Of::Client => is_at(row.client.addr, text),
            Of::Server => is_at(row.server.addr, text),
            Of::Process => ends.iter().any(|end| is_of_process(end, text)),
            Of::Verdict => {
                let code = row.verdict.code();
                let word = sentence::word(row.verdict, words);
                code.contains(text.as_str()) || word.to_lowercase().contains(text.as_str())
            }
            Of::State => ends
                .iter()
                .any(|end| end.state.name().to_lowercase().contains(text.as_str())),
            Of::Longer(least) => listed.waits().is_some_and(|(_, waited)| waited > least),
        }
    }
}

/// Everything that a row says, in small letters.
fn write_all(listed: &Listed, words: &Words, text: &mut String) {
    let row = &listed.row;
    // Writing into a string does not fail.
    let mut add = |piece: &dyn std::fmt::Display| {
        let _ = writeln!(text, "{piece}");
    };
    for end in [&row.client, &row.server] {
        add(&end.addr);
        add(&words.state(end.state));
        if let Some(owner) = &end.owner {
            add(&owner.pid);
            add(&owner.name);
            add(&owner.user);
        }
    }
    add(&sentence::word(row.verdict, words));
    let waits = listed.waits().map(|(cause, _)| cause);
    let limit = row.limited_by.map(|(cause, _)| cause);
    for cause in waits.into_iter().chain(limit) {
        add(&words.time_spent.cause(cause));
    }
    if text.bytes().any(|octet| octet.is_ascii_uppercase()) {
        text.make_ascii_lowercase();
    }
}

/// Whether an address is what was typed: all of it where that has a port, or else some.
fn is_at(addr: SocketAddr, text: &str) -> bool {
    match text.parse::<SocketAddr>() {
        Ok(asked) => asked == addr,
        Err(_) => addr.to_string().contains(text),
    }
}

/// Whether a process has this number, or a name like it.
fn is_of_process(end: &RowEnd, text: &str) -> bool {
    let Some(owner) = &end.owner else {
        return false;
    };
    match text.parse::<u32>() {
        Ok(pid) => owner.pid == pid,
        Err(_) => owner.name.to_lowercase().contains(text),
    }
}

/// `500ms`, `1s`, `2.5s`, `1min`.
fn span(text: &str) -> Option<Span> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(digits);
    let unit = match unit {
        "ms" => 1e6,
        "s" => 1e9,
        "min" => 60e9,
        _ => return None,
    };
    let nanoseconds = number.parse::<f64>().ok()? * unit;
    #[expect(clippy::cast_possible_truncation, reason = "it saturates")]
    let nanoseconds = nanoseconds as i64;
    Some(Span(nanoseconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::trial;
    use tcptrace::sink::words::Lang;

    /// How many of the connections of a recording pass.
    fn passing(typed: &str) -> usize {
        let all = trial::listed(&["captures/refused.pcap", "captures/backlog.pcap"]);
        let narrowing = Narrowing::parse(typed);
        let (words, mut room) = (Lang::En.words(), String::new());
        all.iter()
            .filter(|one| narrowing.passes(one, words, &mut room))
            .count()
    }

    #[test]
    fn every_word_has_to_match_something_of_the_row() {
        let all = passing("");
        assert_eq!(
            (all, passing("verdict:refused"), passing("-verdict:refused")),
            (5, 1, 4)
        );
        assert_eq!(passing("  Refused 127.0.0.1 "), 1);
        assert_eq!((passing("10.0.2.2 port:4453"), passing("port:445")), (4, 0));
        assert_eq!(passing("127.0.0.1 nothing-like-it"), 0);
        assert_eq!((passing("state:time-wait"), passing("!TIME-WAIT")), (4, 1));
    }

    #[test]
    fn a_server_with_its_port_is_that_one_alone() {
        let addr: SocketAddr = "10.0.0.1:80".parse().unwrap();
        assert!(is_at(addr, "10.0.0.1:80") && is_at(addr, "0.0.1"));
        assert!(!is_at("10.0.0.1:8080".parse().unwrap(), "10.0.0.1:80"));
    }

    #[test]
    fn whatever_is_typed_means_something() {
        assert_eq!(span("500ms"), Some(Span(500_000_000)));
        assert_eq!(span("2.5s"), Some(Span(2_500_000_000)));
        assert_eq!(
            span("s").or(span("1")).or(span("1.2.3s")).or(span("")),
            None
        );
        for odd in [
            "-",
            "!",
            ">",
            ">x",
            "port:",
            "::1",
            "-server:",
            ":",
            "\u{7f}握",
        ] {
            passing(odd);
        }
        assert_eq!(passing("-process:"), passing(""));
    }
}

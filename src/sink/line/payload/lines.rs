//! FTP, HTTP, RTSP, SMTP and WHOIS: protocols of printable lines.

use crate::sink::line::payload::cut::{Cut, Payload, is_printable};
use crate::sink::text::Text;

/// A protocol of lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LineProtocol {
    name: &'static str,
    /// Says that the data goes on.
    pub(super) mark: &'static str,
    /// Where there are any, only segments are shown that begin with one of
    /// these words or with the line of a response: the rest is a body.
    methods: &'static [&'static str],
}

pub(super) static FTP: LineProtocol = LineProtocol::of_text("FTP", " [|ftp]");
pub(super) static SMTP: LineProtocol = LineProtocol::of_text("SMTP", " [|smtp]");
pub(super) static WHOIS: LineProtocol = LineProtocol::of_text("WHOIS", " [|whois]");
pub(super) static HTTP: LineProtocol = LineProtocol {
    name: "HTTP",
    mark: " [|http]",
    methods: &[
        "GET",
        "POST",
        "HEAD",
        "PUT",
        "CONNECT",
        "OPTIONS",
        "DELETE",
        "TRACE",
        // WebDAV and what has grown on it.
        "COPY",
        "LOCK",
        "MOVE",
        "POLL",
        "BCOPY",
        "BMOVE",
        "MKCOL",
        "LABEL",
        "MERGE",
        "SEARCH",
        "UNLOCK",
        "REPORT",
        "UPDATE",
        "NOTIFY",
        "BDELETE",
        "CHECKIN",
        "PROPFIND",
        "CHECKOUT",
        "CCM_POST",
        "SUBSCRIBE",
        "PROPPATCH",
        "BPROPFIND",
        "BPROPPATCH",
        "UNCHECKOUT",
        "MKACTIVITY",
        "MKWORKSPACE",
        "UNSUBSCRIBE",
        "RPC_CONNECT",
        "VERSION-CONTROL",
        "BASELINE-CONTROL",
    ],
};
pub(super) static RTSP: LineProtocol = LineProtocol {
    name: "RTSP",
    mark: " [|rtsp]",
    methods: &[
        "DESCRIBE",
        "ANNOUNCE",
        "GET_PARAMETER",
        "OPTIONS",
        "PAUSE",
        "PLAY",
        "RECORD",
        "REDIRECT",
        "SETUP",
        "SET_PARAMETER",
        "TEARDOWN",
    ],
};

/// A longer word is none.
const MAX_WORD: usize = 128;

impl LineProtocol {
    const fn of_text(name: &'static str, mark: &'static str) -> Self {
        Self {
            name,
            mark,
            methods: &[],
        }
    }

    /// Writes the first line; with `-v` the length and every line, each in a
    /// line of its own.
    pub(super) fn write(
        &self,
        payload: Payload<'_>,
        verbose: u8,
        text: &mut Text,
    ) -> Result<(), Cut> {
        text.str(": ");
        text.str(self.name);
        if !self.begins_message(payload) {
            return Ok(());
        }
        if verbose == 0 {
            return self.line(": ", 0, payload, text).map(|_| ());
        }
        text.str(", length: ");
        text.decimal(payload.len as u64);
        self.all_lines(payload, text)
    }

    fn all_lines(&self, payload: Payload<'_>, text: &mut Text) -> Result<(), Cut> {
        let mut from = 0;
        while from < payload.len
            && let Some(next) = self.line("\n\t", from, payload, text)?
        {
            from = next;
        }
        Ok(())
    }

    /// Writes the line that begins at `from`; where the next one begins, if
    /// lines go on. A line is all printable or not shown.
    fn line(
        &self,
        before: &str,
        from: usize,
        payload: Payload<'_>,
        text: &mut Text,
    ) -> Result<Option<usize>, Cut> {
        let rest = payload.captured.get(from..).unwrap_or_default();
        let printable = rest
            .iter()
            .position(|&octet| !is_printable(octet) && octet != b'\t');
        let Some(len) = printable else {
            if payload.captured.len() < payload.len {
                return Err(Cut);
            }
            // It ends in the next segment.
            text.str(before);
            text.raw(rest);
            text.str(self.mark);
            return Ok(None);
        };
        let end = from + len;
        let next = match rest[len] {
            b'\n' => end + 1,
            b'\r' if end + 1 < payload.len && payload.octet(end + 1)? == b'\n' => end + 2,
            _ => return Ok(None),
        };
        text.str(before);
        text.raw(&rest[..len]);
        Ok(Some(next))
    }

    /// Whether the segment begins as a message does, and not as the middle of
    /// its body.
    fn begins_message(&self, payload: Payload<'_>) -> bool {
        if self.methods.is_empty() {
            return true;
        }
        let Some((first, next)) = word(payload, 0) else {
            return false;
        };
        let is_method = |method: &&str| method.as_bytes().eq_ignore_ascii_case(first);
        self.methods.iter().any(is_method)
            || word(payload, next)
                .is_some_and(|(code, _)| code.len() == 3 && code.iter().all(u8::is_ascii_digit))
    }
}

/// The word that begins at `from`, and where the one after it does; `None`
/// where none begins, or what begins is not text.
fn word(payload: Payload<'_>, from: usize) -> Option<(&[u8], usize)> {
    let rest = payload.captured.get(from..)?;
    let end = rest
        .iter()
        .position(|&octet| !is_printable(octet) || octet == b' ');
    let len = match end {
        Some(len) if matches!(rest[len], b' ' | b'\t' | b'\r' | b'\n') => len,
        None if payload.captured.len() == payload.len => rest.len(),
        _ => return None,
    };
    if len == 0 || len > MAX_WORD {
        return None;
    }
    let spaces = rest[len..].iter().take_while(|&&octet| octet == b' ');
    Some((&rest[..len], from + len + spaces.count()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::line::payload::tests::shown;

    fn line(protocol: &LineProtocol, sent: &str) -> String {
        shown(sent.as_bytes(), sent.len(), |payload, text| {
            protocol.write(payload, 0, text)
        })
        .0
    }

    #[test]
    fn a_request_and_a_response_show_their_first_line() {
        assert_eq!(
            line(&HTTP, "get / HTTP/1.1\r\nHost: a\r\n\r\n"),
            ": HTTP: get / HTTP/1.1"
        );
        assert_eq!(
            line(&HTTP, "HTTP/1.1   200 OK\nServer: b\n"),
            ": HTTP: HTTP/1.1   200 OK"
        );
        assert_eq!(line(&RTSP, "PLAY x\r\n"), ": RTSP: PLAY x");
    }

    #[test]
    fn a_body_shows_only_the_name_of_its_protocol() {
        assert_eq!(line(&HTTP, "<html>\r\n"), ": HTTP");
        assert_eq!(line(&HTTP, "HTTP/1.1\t200 OK\r\n"), ": HTTP");
        assert_eq!(line(&HTTP, "HTTP/1.1 2000 OK\r\n"), ": HTTP");
        assert_eq!(line(&HTTP, " GET /\r\n"), ": HTTP");
    }

    #[test]
    fn a_line_that_ends_in_the_next_segment_is_marked() {
        assert_eq!(
            line(&HTTP, "GET /very/long"),
            ": HTTP: GET /very/long [|http]"
        );
        assert_eq!(line(&SMTP, "QUIT"), ": SMTP: QUIT [|smtp]");
    }

    #[test]
    fn what_is_not_text_is_not_shown() {
        assert_eq!(line(&FTP, "220 \u{1b}[31m\r\n"), ": FTP");
        assert_eq!(line(&SMTP, "a\rb\r\n"), ": SMTP");
        assert_eq!(line(&SMTP, "a\r"), ": SMTP");
        assert_eq!(line(&WHOIS, "caf\u{e9}\r\n"), ": WHOIS");
    }

    #[test]
    fn verbose_lines_end_at_the_first_that_is_not_text() {
        let sent = b"GET /\r\nA: b\t c\n\r\n\x01binary\n";
        let (text, outcome) = shown(sent, sent.len(), |payload, text| {
            HTTP.write(payload, 1, text)
        });
        assert_eq!(text, ": HTTP, length: 25\n\tGET /\n\tA: b\t c\n\t");
        assert_eq!(outcome, Ok(()));
    }

    #[test]
    fn a_line_cut_by_the_capture_gives_the_packet_up() {
        let sent = b"GET /\r\nHost: a\r\n\r\n";
        let (text, outcome) = shown(sent, 10, |payload, text| HTTP.write(payload, 1, text));
        assert_eq!(text, ": HTTP, length: 18\n\tGET /");
        assert_eq!(outcome, Err(Cut));
        // Without a whole word nobody knows whether it is a request.
        let (text, outcome) = shown(sent, 2, |payload, text| HTTP.write(payload, 0, text));
        assert_eq!((text.as_str(), outcome), (": HTTP", Ok(())));
        let (text, outcome) = shown(sent, 6, |payload, text| SMTP.write(payload, 0, text));
        assert_eq!((text.as_str(), outcome), (": SMTP", Err(Cut)));
    }
}

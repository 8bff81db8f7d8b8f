//! What happened, in a sentence and in figures; and at the end of the page how it was made.

use maud::{Markup, html};

use crate::sink::diagnoses;
use crate::sink::duration::shown;
use crate::sink::html::evidence::class;
use crate::sink::html::linked::linked_connections;
use crate::sink::html::options::HtmlOptions;
use crate::sink::html::pictures;
use crate::sink::html::table::counted;
use crate::sink::line::clock::{Clock, TimeStyle};
use crate::sink::sentence;
use crate::sink::share::share;
use crate::sink::summary::time::not_waited;
use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::time::Timestamp;
use crate::totals::Totals;
use crate::track::flaws::Flaws;
use crate::track::summary::{Summary, WaitingConnection};

/// From how long on waiting is worth telling of, nanoseconds.
const LEAST: i64 = 1_000_000;

/// What is known of a capture as a whole.
pub(super) struct Head<'p> {
    pub(super) options: &'p HtmlOptions,
    pub(super) summary: &'p Summary,
    pub(super) flaws: &'p Flaws,
    pub(super) totals: &'p Totals,
    pub(super) failed: u64,
    pub(super) slow: u64,
    /// The numbers of the connections that can be opened.
    pub(super) in_full: &'p [u32],
    pub(super) words: &'static Words,
}

impl Head<'_> {
    /// What the page is, and of what: of several files the first.
    pub(super) fn title(&self) -> String {
        let page = &self.words.page;
        let title = page.title.to_owned();
        let names = self.names();
        let Some(first) = names.first() else {
            return title;
        };
        let others = names.len() as u64 - 1;
        let names = if others == 0 {
            first.clone()
        } else {
            said!(page.and_others, first, others)
        };
        title + self.words.count.colon + &names
    }

    /// What the capture is called, where there is nothing that could move a cursor.
    fn names(&self) -> Vec<String> {
        let interfaces = self.summary.extent.interfaces.iter().map(AsRef::as_ref);
        let files = self.options.names.iter().map(String::as_str);
        let names: Vec<_> = if self.options.names.is_empty() {
            interfaces.collect()
        } else {
            files.collect()
        };
        let printable = |name: &str| {
            let mut text = Text::default();
            text.printable(name);
            String::from_utf8_lossy(text.octets()).into_owned()
        };
        names.into_iter().map(printable).collect()
    }

    /// The sentence, the figures, and what stands out.
    pub(super) fn part(&self) -> Markup {
        let words = self.words;
        let flaws: Vec<_> = sentence::flaws(self.flaws, words).collect();
        let diagnosed: Vec<_> = self.summary.diagnosed.each().collect();
        let is_here = |id| self.in_full.binary_search(&id).is_ok();
        let (waited, waiting) = (&self.summary.waited, self.summary.waited_most());
        html! {
            section #summary {
                p.lead { (self.sentence()) }
                (self.figures())
                @if waited.total().0 >= LEAST { (pictures::bar(&waited.largest(), words)) }
                @if let Some(said) = not_waited(waited, words) { p.faint { (said) } }
                @if !flaws.is_empty() {
                    ul.evidence { @for flaw in flaws { li.slow { (words.capture.capture) (flaw) } } }
                }
                @if !diagnosed.is_empty() {
                    h2 { (words.page.diagnoses) }
                    ul.evidence {
                        @for some in diagnosed {
                            li class=[class(some.0.severity)] {
                                (linked_connections(&diagnoses::tally(some, words), is_here))
                            }
                        }
                    }
                }
                @if !waiting.is_empty() {
                    h2 { (words.page.waited_longest) }
                    (self.waiting(waiting))
                }
            }
        }
    }

    /// How many there were, how many failed and were slow, and what was waited for.
    fn sentence(&self) -> String {
        let (words, page) = (self.words, &self.words.page);
        let lasted = self.summary.extent.lasted();
        let mut said = said!(page.connections_in, self.totals.connections, lasted);
        if self.failed > 0 {
            let verdicts = self.summary.verdicts().into_iter();
            let failed: Vec<_> = verdicts
                .filter(|(verdict, _)| !verdict.is_normal())
                .map(|(verdict, count)| (sentence::word(verdict, words), count))
                .collect();
            said += &said!(page.failed, self.failed, &counted(&failed, words));
        } else if self.totals.connections > 0 {
            said += page.none_failed;
        }
        if self.slow > 0 {
            said += &said!(page.slow, self.slow);
        }
        let waited = &self.summary.waited;
        let (total, causes) = (waited.total(), waited.largest());
        if let Some(&(first, span)) = causes.first().filter(|_| total.0 >= LEAST) {
            let percent = (share(span, total) + 5) / 10;
            let by = words.time_spent.by(first);
            said += words.count.semicolon;
            said += &said!(words.summary.took, total, self.summary.timed, by, percent);
        }
        said
    }

    fn figures(&self) -> Markup {
        let (page, totals) = (&self.words.page, self.totals);
        let first_byte = self.summary.first_byte().map(|times| shown(times.median));
        let figures = [
            (page.connections, Some(totals.connections.to_string()), None),
            (
                page.have_failed,
                Some(self.failed.to_string()),
                (self.failed > 0).then_some("failed"),
            ),
            (
                page.were_slow,
                Some(self.slow.to_string()),
                (self.slow > 0).then_some("slow"),
            ),
            (page.first_byte, first_byte, None),
            (page.segments, Some(totals.segments.to_string()), None),
            (
                page.bytes,
                Some(self.summary.extent.octets.to_string()),
                None,
            ),
            (page.lasted, Some(shown(self.summary.extent.lasted())), None),
        ];
        html! {
            dl.figures {
                @for (label, figure, class) in figures {
                    @if let Some(figure) = figure {
                        div class=[class] { dt { (label) } dd { (figure) } }
                    }
                }
            }
        }
    }

    fn waiting(&self, connections: &[WaitingConnection]) -> Markup {
        let (words, texts) = (self.words, &self.words.summary);
        html! {
            div.scroll tabindex="0" {
                table {
                    thead {
                        tr {
                            th scope="col" { "#" }
                            th scope="col" { (words.count.client) }
                            th scope="col" { (words.count.server) }
                            th scope="col" { (words.report.duration) }
                            th scope="col" { (texts.waited) }
                            th scope="col" { (texts.most_for) }
                            th scope="col" { (words.report.verdict) }
                        }
                    }
                    tbody { @for connection in connections { (self.waiting_row(connection)) } }
                }
            }
        }
    }

    fn waiting_row(&self, connection: &WaitingConnection) -> Markup {
        let words = self.words;
        let id = connection.id.0;
        let most = connection.waited.largest();
        html! {
            tr {
                td {
                    @if self.in_full.binary_search(&id).is_ok() { a href={ "#c" (id) } { (id) } }
                    @else { (id) }
                }
                td { (connection.client) }
                td { (connection.server) }
                td { (shown(connection.lasted)) }
                td { (shown(connection.total())) }
                td {
                    @if let Some((cause, span)) = most.first() {
                        (words.time_spent.cause(*cause)) " " (shown(*span))
                    }
                }
                td { (sentence::word(connection.verdict, words)) }
            }
        }
    }

    /// How the page was made: no clock but the capture's.
    pub(super) fn made(&self) -> Markup {
        let (words, page) = (self.words, &self.words.page);
        let extent = &self.summary.extent;
        let mut clock = Clock::new(
            TimeStyle::Date,
            extent.resolution,
            self.options.zone.clone(),
        );
        let mut date = |time: Timestamp| {
            let mut text = Text::default();
            clock.write(time, &mut text);
            String::from_utf8_lossy(text.octets()).trim_end().to_owned()
        };
        let times = extent.times.map(|(first, last)| {
            let (first, last) = (date(first), date(last));
            said!(words.summary.from_to, &first, &last, extent.lasted())
        });
        html! {
            footer #made {
                h2 { (page.made) }
                dl {
                    dt { (page.command) } dd { code { (self.options.command) } }
                    dt { (page.version) } dd { "tcptrace " (env!("CARGO_PKG_VERSION")) }
                    @if !self.names().is_empty() {
                        dt { (page.files) }
                        dd { (self.names().join(words.count.comma)) }
                    }
                    @if let Some(times) = times { dt { (page.captured) } dd { (times) } }
                    dt { (page.frames) } dd { (sentence::totals(self.totals, words)) }
                }
                noscript { p { (page.no_script) } }
                p.js.faint { (page.keys) }
            }
        }
    }
}

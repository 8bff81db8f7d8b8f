//! A connection in full.

use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::sink::duration::shown;
use crate::sink::html::evidence;
use crate::sink::html::linked::linked;
use crate::sink::html::pictures;
use crate::sink::html::segments::ShownSegments;
use crate::sink::report::{Report, ReportOptions};
use crate::sink::sentence;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::words::{Lang, Words};
use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::diagnosis::Diagnosis;
use crate::track::summary::Fared;
use crate::track::time_spent::{TimeCause, TimeSpent};

/// Columns of the block of the report: wider sentences are folded.
const COLUMNS: usize = 120;

/// A connection, and what is worked out of it once.
pub(super) struct InFull<'c> {
    connection: &'c Connection,
    spent: Option<TimeSpent>,
    found: Vec<Diagnosis>,
    lang: Lang,
    zone: &'c TimeZone,
}

impl<'c> InFull<'c> {
    pub(super) fn of(connection: &'c Connection, lang: Lang, zone: &'c TimeZone) -> Self {
        let spent = connection.time_spent();
        let found = connection.diagnoses_in(spent.as_ref()).collect();
        Self {
            connection,
            spent,
            found,
            lang,
            zone,
        }
    }

    const fn words(&self) -> &'static Words {
        self.lang.words()
    }

    /// What opens, and what it opens to.
    pub(super) fn part(&self) -> Markup {
        let (flow, words) = (&self.connection.flow, self.words());
        let page = &words.page;
        let frames = evidence::frames(flow, &self.found, self.spent.as_ref());
        let trace = self.connection.trace.as_deref();
        let segments = trace.map(|trace| ShownSegments::of(flow, trace, &frames, words));
        let is_here = |frame| segments.as_ref().is_some_and(|shown| shown.has(frame));
        html! {
            summary { (self.headline()) }
            // Who follows a link to what is inside finds it open, also without scripts.
            div.inside id={ "c" (flow.id.0) } {
                p.bar {
                    a href={ "#c" (flow.id.0) } { (page.link) }
                    a href="#all" { (page.to_table) }
                }
                h3 { (page.evidence) }
                (evidence::part(flow, &self.found, segments.as_ref(), words))
                @if !self.sums().is_empty() {
                    h3 { (words.time_spent.heading) }
                    (pictures::bar(&self.sums(), words))
                }
                (pictures::of(self.connection, words, self.zone))
                h3 { (page.report) }
                pre tabindex="0" { (linked(&self.report(), words, is_here)) }
                @if let Some(segments) = &segments {
                    h3 { (page.all_segments) }
                    (segments.part())
                }
            }
        }
    }

    /// Number, ends, verdict, how long it lasted, and what limited it.
    fn headline(&self) -> Markup {
        let (flow, words) = (&self.connection.flow, self.words());
        let fared = Fared::of(self.connection, self.spent.as_ref(), &self.found);
        let limited_by = self.spent.as_ref().and_then(TimeSpent::limited_by);
        let verdict = sentence::word_of(flow, words);
        html! {
            b { "#" (flow.id.0) } " "
            span.ends { (flow.client_addr()) " → " (flow.server_addr()) } " "
            span.verdict.(super::row::class(fared.trouble).unwrap_or_default()) { (verdict) } " "
            span { (shown(flow.duration())) } " "
            @if let Some(cause) = limited_by { span.faint { (words.time_spent.cause(cause)) } }
        }
    }

    /// What time was spent on, the most first.
    fn sums(&self) -> Vec<(TimeCause, Span)> {
        let sums = self.spent.iter().flat_map(|spent| spent.sums);
        let mut sums: Vec<_> = sums.filter(|(_, span)| span.0 > 0).collect();
        sums.sort_by_key(|&(cause, span)| (std::cmp::Reverse(span), cause));
        sums
    }

    fn report(&self) -> String {
        let mut text = Text::default();
        let mut report = Report::new(ReportOptions {
            zone: self.zone.clone(),
            width: Some(COLUMNS),
            lang: self.lang,
            is_long: false,
            is_coloured: false,
        });
        report.connection(self.connection, &mut text);
        String::from_utf8_lossy(text.octets()).trim_end().to_owned()
    }
}

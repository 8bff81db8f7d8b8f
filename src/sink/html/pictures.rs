//! The pictures of a connection, and bars of time.

use jiff::tz::TimeZone;
use maud::{Markup, PreEscaped, html};

use crate::sink::draw::ink::Ink;
use crate::sink::draw::{PictureKind, part};
use crate::sink::duration::shown;
use crate::sink::share::share;
use crate::sink::words::Words;
use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::time_spent::TimeCause;

/// The pictures that a connection is shown with, by their names, where there are such kinds.
const PICTURES: [&str; 2] = ["ladder", "sequence"];

/// The pictures of a connection, each below its heading.
pub(super) fn of(connection: &Connection, words: &'static Words, zone: &TimeZone) -> Markup {
    let headings = [words.page.ladder, words.page.sequence];
    let named = PICTURES
        .into_iter()
        .zip(headings)
        .filter_map(|(name, heading)| {
            let kind = PictureKind::all().find(|kind| kind.name() == name)?;
            Some((heading, part(kind, connection, words, zone)?))
        });
    html! {
        @for (heading, svg) in named {
            h3 { (heading) }
            div.picture { (PreEscaped(svg)) }
        }
    }
}

/// A bar whose parts are what time was spent on, and below it what each part stands for.
pub(super) fn bar(spans: &[(TimeCause, Span)], words: &Words) -> Markup {
    let spans: Vec<_> = spans.iter().filter(|(_, span)| span.0 > 0).collect();
    let whole = Span(
        spans
            .iter()
            .map(|(_, span)| span.0)
            .fold(0, i64::saturating_add),
    );
    let said = |cause: TimeCause, span: Span| {
        let share = share(span, whole);
        let cause = words.time_spent.cause(cause);
        format!("{cause} {} ({}.{} %)", shown(span), share / 10, share % 10)
    };
    let mut at = 0;
    let parts = spans.iter().map(|&&(cause, span)| {
        let (from, width) = (at, share(span, whole));
        at += width;
        let class = format!("f {}", Ink::of_cause(cause).class());
        html! {
            rect class=(class) x=(from) y="0" width=(width) height="1" {
                title { (said(cause, span)) }
            }
        }
    });
    let parts: Vec<_> = parts.collect();
    html! {
        @if whole.0 > 0 {
            svg.time role="img" viewBox="0 0 1000 1" preserveAspectRatio="none" {
                title { (words.time_spent.heading) }
                @for part in &parts { (part) }
            }
            ul.legend {
                @for &&(cause, span) in &spans {
                    @if share(span, whole) > 0 {
                        li class=(Ink::of_cause(cause).class()) { span { (said(cause, span)) } }
                    }
                }
            }
        }
    }
}

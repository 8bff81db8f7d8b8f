//! Where a ladder's texts and bands stand.

use std::num::NonZeroU64;

use crate::phase::Phase;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::ladder::asides::{Aside, Both};
use crate::sink::draw::ladder::label::Label;
use crate::sink::draw::ladder::layout::scene;
use crate::sink::draw::ladder::rows::{Arrow, Rung};
use crate::sink::draw::ladder::told::Ladder;
use crate::sink::draw::scene::{Align, Place, Scene, Shape, Stroke};
use crate::sink::width;
use crate::sink::words::Lang;
use crate::time::Span;
use crate::track::dir::Dir;

fn asides(texts: [&str; 2]) -> Both {
    texts.map(|text| {
        Some(Aside {
            text: text.to_owned(),
            ink: Ink::Text,
        })
    })
}

fn arrow(dir: Dir, is_lost: bool) -> Rung {
    let label = "FIN-PSH-ACK seq=4000000000:4000001448 (1448 bytes) ack=1 resent";
    Rung::Segment(Arrow {
        at: Span(62_000_000_000),
        frame: NonZeroU64::MAX,
        dir,
        label: Label::of_text(label.to_owned()),
        ink: Ink::Again,
        stroke: Stroke::Dashed,
        is_lost,
        beside: asides(["SYN-RECEIVED", "CLOSE-WAIT"]),
    })
}

fn ladder(addresses: [&str; 2]) -> Ladder {
    let wait = "… 1 min 2.0 s: the application of the server, which took its time over it";
    Ladder {
        words: Lang::En.words(),
        name: "#7".to_owned(),
        verdict: "closed in order: the client closed first and holds TIME-WAIT".to_owned(),
        addresses: addresses.map(str::to_owned),
        remarks: vec!["a remark that is longer than a line of a narrow terminal".to_owned()],
        rungs: vec![
            Rung::Phase(Phase::Handshake, "handshake"),
            Rung::Beside(asides(["ESTABLISHED", "listen()"])),
            arrow(Dir::ToServer, false),
            arrow(Dir::ToClient, true),
            Rung::Wait(wait.to_owned()),
            arrow(Dir::ToServer, true),
            Rung::Note(Span(1), NonZeroU64::MIN, wait.to_owned()),
            arrow(Dir::ToClient, false),
        ],
    }
}

fn cell(value: f64) -> usize {
    format!("{value:.0}").parse().unwrap()
}

/// Where the texts of a scene stand: the line, and the columns from and to.
fn places(scene: &Scene) -> Vec<(usize, usize, usize)> {
    let texts = scene.items.iter().filter_map(|item| match &item.shape {
        Shape::Text {
            at, align, text, ..
        } => Some((at, *align, width::of(text))),
        _ => None,
    });
    let place = |(at, align, columns): (&Place, Align, usize)| {
        let x = cell(at.x);
        let from = if align == Align::Right {
            x - columns
        } else {
            x
        };
        (cell(at.y), from, from + columns)
    };
    let mut places: Vec<_> = texts.map(place).collect();
    places.sort_unstable();
    places
}

#[test]
fn no_text_stands_upon_another_or_beyond_the_edge_however_narrow_it_is() {
    let long = "[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:65535";
    for addresses in [["10.0.0.1:1", "10.0.0.2:2"], [long, long]] {
        for columns in 20..160 {
            let scene = scene(&ladder(addresses), columns);
            let places = places(&scene);
            for pair in places.windows(2) {
                let ((line, _, end), (next, begin, _)) = (pair[0], pair[1]);
                assert!(line != next || end < begin, "{columns}: {pair:?}");
            }
            for (_, _, end) in places {
                assert!(end <= cell(scene.width), "{columns}");
            }
        }
    }
}

#[test]
fn what_opens_and_closes_lies_on_a_band_and_data_does_not() {
    let mut ladder = ladder(["10.0.0.1:1", "10.0.0.2:2"]);
    ladder.rungs.push(Rung::Phase(Phase::Data, "data"));
    ladder.rungs.push(arrow(Dir::ToServer, false));
    let scene = scene(&ladder, 110);
    let bands = scene.items.iter().filter_map(|item| match item.shape {
        Shape::Area { from, to } => Some((from.y, to.y)),
        _ => None,
    });
    let bands: Vec<_> = bands.collect();
    assert_eq!(bands.len(), 1, "{bands:?}");
    assert!(bands[0].1 + 3.0 <= scene.height + 0.5, "{bands:?}");
}

//! The lines are those that the default command prints.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::{fs, io};

use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::interfaces;
use tcptrace::capture::savefile;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::line::{Line, LineOptions};
use tcptrace::sink::style::Style;
use tcptrace::sink::text::Text;
use tcptrace::sink::words::Lang;
use tcptrace::sink::{Event, Sink};
use tcptrace::track::Wants;
use tcptrace::track::flow_id::FlowId;

use super::{captures, drawn, recorded};

/// What the style of the default command says of each connection's frames.
struct Printing {
    style: Annotated,
    text: Text,
    of: BTreeMap<FlowId, String>,
}

impl Sink for Printing {
    fn wants(&self) -> Wants {
        self.style.wants()
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if let Event::Packet(packet, Some(seen)) = event {
            self.style.packet(packet, Some(seen), &mut self.text);
            let said = String::from_utf8_lossy(self.text.octets());
            self.of.entry(seen.flow.id).or_default().push_str(&said);
            self.text.clear();
        }
        Ok(())
    }
}

fn printed(name: &str, width: usize) -> BTreeMap<FlowId, String> {
    let line = Line::new(LineOptions {
        numbered: true,
        interfaces: interfaces::names(),
        ..LineOptions::default()
    });
    let options = AnnotationOptions {
        width: Some(width),
        ..AnnotationOptions::default()
    };
    let mut printing = Printing {
        style: Annotated::new(line, options),
        text: Text::default(),
        of: BTreeMap::new(),
    };
    let mut source = savefile::open(captures().join(name), Filter::default()).unwrap();
    let mut run = Pipeline::new(&mut printing, None);
    run.read(&mut *source, || false).unwrap();
    drop(run);
    printing.of
}

/// What connections beside it tell of a connection is not told where it stands alone.
const TOLD_BY_OTHERS: [&str; 5] = [
    "old-connection.pcap #1",
    "old-request.pcap #1",
    "ports-held.pcap #1",
    "two-clocks.pcap #2",
    "two-clocks.pcap #3",
];

#[test]
fn the_lines_are_those_of_the_default_command() {
    let mut compared = 0;
    let mut different = BTreeSet::new();
    for entry in fs::read_dir(captures()).unwrap() {
        let path = entry.unwrap().path();
        let kind = path.extension().and_then(OsStr::to_str);
        if !matches!(kind, Some("pcap" | "pcapng")) {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        for (width, height) in [(80, 24), (120, 40)] {
            let printed = printed(&name, width.into());
            for one in recorded(&name) {
                let id = one.connection.flow.id;
                let mut opened = one.opened(Lang::En);
                drawn(&mut opened, (width, height));
                let roll = opened.retelling.roll();
                let lines = (0..roll.end()).filter_map(|at| roll.line(at));
                let lines: String = lines.flat_map(|line| [line, "\n"]).collect();
                compared += 1;
                if lines != printed[&id] {
                    different.insert(format!("{name} #{}", id.0));
                }
            }
        }
    }
    assert!(compared > 80, "{compared}");
    let different: Vec<_> = different.iter().map(String::as_str).collect();
    assert_eq!(different, TOLD_BY_OTHERS);
}

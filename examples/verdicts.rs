//! What became of each connection in a capture file:
//! `cargo run --example verdicts captures/hello.pcap`

use std::env;
use std::error::Error;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Next, savefile};
use tcptrace::decode::Decoder;
use tcptrace::track::verdict::Verdict;
use tcptrace::track::{CaptureEnd, Tracker};

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args_os().nth(1).ok_or("name a capture file")?;
    let mut source = savefile::open(path, Filter::default())?;
    let (mut decoder, mut tracker) = (Decoder::default(), Tracker::default());
    while let Next::Frame(frame) = source.next_frame()? {
        if let Ok(segment) = decoder.decode(&frame).received() {
            tracker.observe(segment);
        }
    }
    for connection in tracker.into_connections(CaptureEnd::default()) {
        let flow = connection.flow;
        let (client, server) = (flow.client_addr(), flow.server_addr());
        println!("{client} > {server}: {}", Verdict::of(&flow).code());
    }
    Ok(())
}

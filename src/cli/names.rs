//! Who knows names: the system's resolver, in a thread of its own, and
//! /etc/services.

use std::fs;
use std::sync::mpsc::{channel, sync_channel};
use std::thread;
use std::time::Duration;

use tcptrace::sink::line::directory::{Directory, Resolver};

use crate::cli::args::SegmentArgs;

/// Questions that may wait for the resolver.
const WAITING: usize = 1024;
/// How long a replay waits for a name: the resolver's own patience, usually,
/// with a name server.
const PATIENCE: Duration = Duration::from_secs(5);

/// The directory for lines. A capture never waits for a name; a replay does.
pub fn directory(args: &SegmentArgs) -> Directory {
    let (questions, asked) = sync_channel(WAITING);
    let (tell, answers) = channel();
    // Without a thread the questions find nobody, and numbers stay numbers.
    let _ = thread::Builder::new()
        .name("resolver".to_owned())
        .spawn(move || {
            for address in asked {
                let name = dns_lookup::lookup_addr(&address).ok();
                if tell.send((address, name)).is_err() {
                    return;
                }
            }
        });
    let resolver = Resolver {
        questions,
        answers,
        patience: if args.capture.is_replay() {
            PATIENCE
        } else {
            Duration::ZERO
        },
    };
    let services = fs::read_to_string("/etc/services").unwrap_or_default();
    Directory::new(&services, resolver, args.short_names)
}

//! What a live capture reads: interfaces, a TCP connection, another host's tcpdump.

use tcptrace::capture::Source;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::libpcap::Live;
use tcptrace::capture::live::over_tcp;
use tcptrace::capture::live::queue::Queue;
use tcptrace::capture::live::raw::Raw;
use tcptrace::capture::live::several::Several;
use tcptrace::capture::live::stop::Stop;
use tcptrace::capture::live::tap::Tapped;
use tcptrace::error::Error;

use crate::cli::args::{Backend, CaptureArgs};
use crate::cli::failure::Failure;
use crate::cli::remote::{self, Remote};
use crate::cli::{aside, bad_usage, interface};
use crate::complain;

/// A live capture that has begun.
pub struct Begun {
    pub source: Box<dyn Source>,
    /// What captures elsewhere.
    pub remote: Option<Remote>,
}

/// Begins to capture what the arguments name.
pub fn open(args: &CaptureArgs, filter: &Filter, stop: &Stop) -> Result<Begun, Failure> {
    if let Some(host) = &args.remote {
        let (source, remote) = remote::open(host, args, filter, stop)?;
        return Ok(Begun {
            source,
            remote: Some(remote),
        });
    }
    let source = match &args.interface[..] {
        [word] if over_tcp::is_named(word) => over_tcp::open(word, filter.clone(), stop)?,
        _ => Box::new(Queue::before(stop, |stop| interfaces(args, filter, stop))?),
    };
    Ok(Begun {
        source,
        remote: None,
    })
}

fn interfaces(args: &CaptureArgs, filter: &Filter, stop: &Stop) -> Result<Box<dyn Source>, Error> {
    let names = interface::named(args)?;
    let options = |name: &String| interface::options(args, name, filter.clone());
    if let [name] = &names[..] {
        let options = options(name);
        return Ok(match args.backend {
            Backend::Libpcap => Box::new(Live::open(&options, stop)?),
            Backend::Raw => Box::new(Raw::open(&options, stop)?),
        });
    }
    let open = |name: &String| -> Result<Tapped, Error> {
        Ok(match args.backend {
            Backend::Libpcap => Live::open(&options(name), stop)?.into(),
            Backend::Raw => Raw::open(&options(name), stop)?.into(),
        })
    };
    let taps = names.iter().map(open).collect::<Result<_, _>>()?;
    let several = Several::new(taps, stop, |error| complain(error))?;
    Ok(Box::new(several))
}

/// Refuses what cannot be captured together, or not so.
pub fn check(args: &CaptureArgs) {
    let is_raw = args.backend == Backend::Raw;
    let mut words = args.interface.iter();
    let of_tcp = words.find(|word| over_tcp::is_named(word));
    if args.sockets && (args.remote.is_some() || of_tcp.is_some()) {
        bad_usage(
            "--sockets asks about sockets of this host, and the frames are those of another; \
             leave it out",
        );
    }
    if let Some(host) = &args.remote {
        if host.is_empty() || host.starts_with('-') {
            bad_usage("--remote takes USER@HOST, as ssh does");
        }
        if args.interface.len() > 1 {
            bad_usage("--remote captures on one interface; give one -i, which may be any");
        }
        if is_raw {
            bad_usage("--remote captures with tcpdump; leave out --backend raw");
        }
    }
    if let Some(word) = of_tcp {
        check_over_tcp(word, args);
    }
}

/// Refuses what only who captures there could do.
fn check_over_tcp(word: &str, args: &CaptureArgs) {
    if args.interface.len() > 1 || args.remote.is_some() {
        bad_usage(&format!(
            "{word} is captured elsewhere, and read alone; leave out the others"
        ));
    }
    let capturing = [
        (args.snapshot.is_some(), "-s"),
        (args.buffer.is_some(), "-B"),
        (args.no_promiscuous, "-p"),
        (args.direction.is_some(), "-Q"),
        (args.monitor_mode, "-I"),
        (args.link_type.is_some(), "-y"),
        (args.immediate_mode, "--immediate-mode"),
        (args.backend == Backend::Raw, "--backend raw"),
    ];
    if let Some((_, option)) = capturing.into_iter().find(|&(is_given, _)| is_given) {
        bad_usage(&format!(
            "{word} is captured elsewhere, where {option} would have to be said; leave it out"
        ));
    }
}

/// Says what is listened on, one line for each interface.
pub fn tell(args: &CaptureArgs, opened: &Begun) {
    if opened.remote.is_some() {
        // tcpdump says it, and that is passed on.
        return;
    }
    let origin = opened.source.origin();
    let interfaces = origin.map_or(&[][..], |origin| &origin.interfaces);
    match &args.interface[..] {
        [word] if over_tcp::is_named(word) => {
            let what = interfaces
                .first()
                .map_or_else(String::new, interface::described);
            aside::say(format!("tcptrace: listening on {word}{what}"));
        }
        _ => {
            for interface in interfaces {
                let name = interface.name.as_deref().unwrap_or_default();
                let what = interface::described(interface);
                aside::say(format!("tcptrace: listening on {name}{what}"));
            }
        }
    }
}

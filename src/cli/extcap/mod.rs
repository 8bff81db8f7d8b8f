//! `extcap`: the program as Wireshark runs it, to have frames with their annotations as
//! comments while they are captured.
//!
//! Wireshark asks, one question a run, and answers are lines on standard output, in the
//! grammar of extcap(4): which interfaces there are, what a filter is worth, what can be
//! chosen. Then it has one captured on, into a pipe. What goes wrong is said on standard
//! error, which it shows.

mod pipe;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::interfaces;
use tcptrace::capture::live::libpcap::Live;
use tcptrace::capture::live::link_types;
use tcptrace::capture::live::options::LiveOptions;
use tcptrace::capture::live::stop::Stop;
use tcptrace::capture::numbers::Numbered;
use tcptrace::error::Error;
use tcptrace::link_type::LinkType;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::words::Lang;
use tcptrace::time::Resolution;

use crate::cli::args::{Cli, ExtcapArgs};
use crate::cli::failure::Failure;
use crate::cli::save::Unshown;
use crate::cli::session::Session;
use crate::cli::{bad_usage, line};

/// What our interfaces are called: this, and the name that they have on the host.
const PREFIX: &str = "tcptrace-";
/// The interface of all interfaces.
const ANY: &str = "any";

/// Answers, or captures.
pub fn run(args: &ExtcapArgs) -> Result<ExitCode, Failure> {
    if args.lists {
        answer(&listed()?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(name) = &args.interface else {
        bad_usage(
            "extcap is how Wireshark captures with this program: put it where Wireshark \
             looks with make install, and choose \"tcptrace on …\" there",
        );
    };
    let name = name.strip_prefix(PREFIX).unwrap_or(name);
    if args.capture {
        return capture(name, args);
    }
    check(name)?;
    if args.dlts {
        answer(&dlt(link_type(name)))?;
    } else if args.config {
        answer(&choices(line::lang(args.lang)))?;
    } else if let Some(expression) = &args.filter {
        answer(&complaint(expression, link_type(name)))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn answer(lines: &str) -> Result<(), Error> {
    Ok(io::stdout().write_all(lines.as_bytes())?)
}

/// Those of the host's interfaces that carry IP, as far as their kind tells.
fn listed() -> Result<String, Error> {
    let version = env!("CARGO_PKG_VERSION");
    let mut lines = vec![format!(
        "extcap {{version={version}}}{{display=tcptrace}}\n"
    )];
    let of_host = interfaces::names();
    for interface in interfaces::list()? {
        let name = interface.name;
        if name == ANY || of_host.iter().any(|(_, known)| *known == name) {
            let shown = if name == ANY { "any interface" } else { &name };
            lines.push(format!(
                "interface {{value={PREFIX}{name}}}{{display=tcptrace on {shown}}}\n"
            ));
        }
    }
    Ok(lines.concat())
}

/// Refuses an interface that the host has not: Wireshark takes an answer for one that is
/// there.
fn check(name: &str) -> Result<(), Error> {
    let listed = interfaces::list()?;
    if listed.iter().any(|interface| interface.name == name) {
        Ok(())
    } else {
        Err(interfaces::missing(name))
    }
}

/// What the frames of an interface begin with. Who may not capture is told what is usual.
fn link_type(name: &str) -> LinkType {
    let opened = Stop::new().and_then(|stop| {
        let options = LiveOptions::new(name, Filter::default());
        Live::open(&options, &stop)
    });
    match opened {
        Ok(live) => live.link_type(),
        Err(_) if name == ANY => LinkType::LINUX_SLL2,
        Err(_) => LinkType::ETHERNET,
    }
}

fn dlt(link_type: LinkType) -> String {
    let LinkType(number) = link_type;
    let (name, description) = link_types::described(link_type)
        .unwrap_or_else(|| (format!("DLT_{number}"), number.to_string()));
    format!("dlt {{number={number}}}{{name={name}}}{{display={description}}}\n")
}

/// What can be chosen; the language of the environment is chosen.
fn choices(lang: Lang) -> String {
    let (is_en, is_zh) = (lang == Lang::En, lang == Lang::Zh);
    format!(
        "arg {{number=0}}{{call=--lang}}{{display=Language of comments}}{{type=selector}}\n\
         value {{arg=0}}{{value=en}}{{display=English}}{{default={is_en}}}\n\
         value {{arg=0}}{{value=zh}}{{display=中文}}{{default={is_zh}}}\n\
         arg {{number=1}}{{call=--comments}}{{display=Comments}}\
         {{tooltip=Verdicts and diagnoses are always told}}{{type=selector}}\n\
         value {{arg=1}}{{value=each}}{{display=On each segment}}{{default=true}}\n\
         value {{arg=1}}{{value=trouble}}{{display=On segments that tell of trouble}}\
         {{default=false}}\n"
    )
}

/// What is wrong with a filter; nothing, where nothing is.
fn complaint(expression: &str, link_type: LinkType) -> String {
    match Filter::new(expression).compile(link_type) {
        Ok(()) => String::new(),
        Err(Error::Filter { reason, .. }) => reason.lines().next().unwrap_or("?").to_owned() + "\n",
        Err(error) => format!("{error}\n"),
    }
}

/// Captures into Wireshark's pipe, until Wireshark closes it or says to stop.
fn capture(name: &str, args: &ExtcapArgs) -> Result<ExitCode, Failure> {
    let Some(fifo) = &args.fifo else {
        return Ok(ExitCode::FAILURE);
    };
    let mut usual = Cli::parse_from(["tcptrace", "--comments", "-w", "pipe"]);
    let capture = &mut usual.segments.capture;
    capture.interface = vec![name.to_owned()];
    capture.filter = args.filter.clone().into_iter().collect();
    capture.save.write = Some(fifo.clone());
    capture.save.is_for_wireshark = true;
    capture.save.noted = args.comments.into();
    let session = Session {
        args: capture,
        paths: Vec::new(),
        resolution: Resolution::Nano,
        lang: line::lang(args.lang),
        numbered: Numbered::Passed,
        speed: None,
    };
    let stop = Stop::new()?;
    pipe::stop_when_closed(fifo, &stop)?;
    session.show_beside(Printed::new(Unshown, io::sink()), stop, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_type_is_told_in_wiresharks_grammar() {
        let told = "dlt {number=1}{name=EN10MB}{display=Ethernet}\n";
        assert_eq!(dlt(LinkType::ETHERNET), told);
    }

    #[test]
    fn a_good_filter_is_answered_with_nothing() {
        assert_eq!(complaint("tcp port 80", LinkType::ETHERNET), "");
        assert_eq!(complaint("", LinkType::ETHERNET), "");
        let said = complaint("tcp prot 80", LinkType::ETHERNET);
        assert_eq!(said.lines().count(), 1);
        assert!(said.contains("syntax error"), "{said}");
    }
}

//! A live interface through libpcap.
//!
//! The kernel fills a ring of blocks (`TPACKET_V3`) and hands over a block when
//! it is full or 20 ms old: few system calls, room for bursts. In
//! immediate mode each frame is handed over at once, in a slot as long as the
//! longest frame, so that the same buffer holds far fewer.
//!
//! On a loopback interface a frame is taken and counted once. On `any` libpcap
//! does hide the second copy of a loopback frame, but its counters count both,
//! as tcpdump's do.

use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use pcap::{Active, Capture, Linktype, Precision};

use crate::capture::compile::{self, advice};
use crate::capture::live::Counter;
use crate::capture::live::interfaces;
use crate::capture::live::kernel_filter::{self, Copies};
use crate::capture::live::link_types;
use crate::capture::live::options::{Direction, LiveOptions};
use crate::capture::live::stop::Stop;
use crate::capture::live::tap::{Captured, Tap, TapRead, Tapped};
use crate::capture::live::wait::Wait;
use crate::capture::numbers::FrameNumbers;
use crate::capture::{Next, Source, Statistics};
use crate::error::Error;
use crate::frame::MAX_LEN;
use crate::link_type::LinkType;
use crate::origin::Origin;
use crate::time::Timestamp;

/// The age at which the kernel hands over a block that is not full, in
/// milliseconds. A viewer waits that long for a frame at most; and as it takes
/// a block each time, of 256 KiB, it is how long the buffer lasts where few
/// frames come and the reader stands still: 64 times 20 ms, where tcpdump's
/// lasts 8 times 100 ms (both measured).
const RETIREMENT: i32 = 20;
/// Until the last block is surely handed over: its timer may just have begun,
/// and a busy machine is late.
const SETTLING: Duration = Duration::from_millis(80);
/// Linux cooked capture, version 2, as tcpdump takes it on `any`.
const LINUX_SLL2: Linktype = Linktype(276);
/// Frames between two looks at the counters, which have 32 bits and wrap.
const COUNTED_EVERY: u64 = 1 << 24;

/// A capture on an interface.
pub struct Live {
    ring: PcapRing,
    link_type: LinkType,
    origin: Origin,
    numbers: FrameNumbers,
    wait: Wait,
}

/// libpcap's reader and its counters.
struct PcapRing {
    interface: String,
    capture: Capture<Active>,
    delivered: u64,
    received: Counter,
    dropped: Counter,
    dropped_by_interface: Counter,
}

impl Live {
    /// Begins to capture, until `stop`.
    ///
    /// # Errors
    ///
    /// [`Error::Privilege`] where the process may not capture,
    /// [`Error::Interface`] where the interface is missing, down or refuses an
    /// option, [`Error::Filter`] where libpcap refuses the expression.
    pub fn open(options: &LiveOptions, stop: &Stop) -> Result<Self, Error> {
        let mut capture = activate(options)?;
        set_link_type(&mut capture, options)?;
        set_filter(&mut capture, options)?;
        let refused = |error| refusal(options, &error);
        let mut capture = capture.setnonblock().map_err(refused)?;
        // What came before the filter was in place is not counted.
        let counters = capture.stats().map_err(refused)?;
        let link_type = link_types::in_file(capture.get_datalink());
        Ok(Self {
            ring: PcapRing {
                interface: options.interface.clone(),
                capture,
                delivered: 0,
                received: Counter::from(counters.received),
                dropped: Counter::from(counters.dropped),
                dropped_by_interface: Counter::from(counters.if_dropped),
            },
            link_type,
            origin: options.origin(link_type),
            numbers: FrameNumbers::default(),
            wait: Wait::new(stop, SETTLING),
        })
    }

    /// What the frames begin with.
    #[must_use]
    pub const fn link_type(&self) -> LinkType {
        self.link_type
    }

    /// The link types the interface offers: libpcap's name and description of
    /// each.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), but for the filter.
    pub fn link_types(options: &LiveOptions) -> Result<Vec<(String, String)>, Error> {
        let offered = activate(options)?.list_datalinks();
        let offered = offered.map_err(|error| refusal(options, &error))?;
        let described = |link_type: Linktype| {
            let name = link_type.get_name().ok()?;
            Some((name, link_type.get_description().unwrap_or_default()))
        };
        Ok(offered.into_iter().filter_map(described).collect())
    }
}

impl From<Live> for Tapped {
    fn from(live: Live) -> Self {
        Self {
            tap: Box::new(live.ring),
            origin: live.origin,
        }
    }
}

impl PcapRing {
    fn count(&mut self) {
        if let Ok(counters) = self.capture.stats() {
            self.received.advance(counters.received);
            self.dropped.advance(counters.dropped);
            self.dropped_by_interface.advance(counters.if_dropped);
        }
    }
}

impl Tap for PcapRing {
    fn socket(&self) -> BorrowedFd<'_> {
        self.capture.as_fd()
    }

    #[inline]
    fn read(&mut self) -> Result<TapRead<'_>, Error> {
        if self.delivered % COUNTED_EVERY == COUNTED_EVERY - 1 {
            self.count();
        }
        // libpcap returns a copy: the kernel may have the block back by then.
        match self.capture.next_packet() {
            Ok(packet) => {
                self.delivered += 1;
                let stamp = packet.header.ts;
                Ok(TapRead::Frame(Captured {
                    // Nanoseconds, by the precision that was asked for.
                    time: Timestamp::new(stamp.tv_sec, stamp.tv_usec.unsigned_abs()),
                    len: packet.header.len,
                    bytes: packet.data,
                }))
            }
            Err(pcap::Error::TimeoutExpired | pcap::Error::NoMorePackets) => Ok(TapRead::Nothing),
            Err(error) => Err(interfaces::lost(&self.interface, &words(&error))),
        }
    }

    fn statistics(&mut self) -> Statistics {
        self.count();
        Statistics {
            // Frames between the filter and the first look at the counters.
            received: self.received.total.max(self.delivered),
            dropped: self.dropped.total,
            dropped_by_interface: self.dropped_by_interface.total,
        }
    }

    fn settling(&self) -> Duration {
        SETTLING
    }
}

impl Source for Live {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        match self.wait.until_ready(self.ring.socket()) {
            Ok(true) => {}
            Ok(false) => return Ok(Next::End),
            Err(error) => return Err(interfaces::lost(&self.ring.interface, &error.to_string())),
        }
        match self.ring.read()? {
            TapRead::Frame(captured) => {
                self.wait.found_frame();
                let number = self.numbers.take();
                let frame = captured.frame(number, self.link_type, &self.origin);
                Ok(Next::Frame(frame))
            }
            TapRead::Nothing | TapRead::Down => {
                self.wait.found_nothing();
                Ok(Next::Quiet)
            }
        }
    }

    fn numbers(&mut self) -> &mut FrameNumbers {
        &mut self.numbers
    }

    fn origin(&self) -> Option<&Origin> {
        Some(&self.origin)
    }

    fn statistics(&mut self) -> Option<Statistics> {
        Some(self.ring.statistics())
    }
}

fn activate(options: &LiveOptions) -> Result<Capture<Active>, Error> {
    let octets = u64::from(options.buffer_kib) * 1024;
    let open = |promiscuous| {
        Capture::from_device(options.interface.as_str())?
            .timeout(RETIREMENT)
            .precision(Precision::Nano)
            .snaplen(options.snapshot.clamp(1, MAX_LEN).cast_signed())
            .buffer_size(i32::try_from(octets).unwrap_or(i32::MAX))
            .promisc(promiscuous)
            .immediate_mode(options.immediate)
            .rfmon(options.monitor)
            .open()
    };
    // The crate takes libpcap's warning that an interface cannot be
    // promiscuous for a failure.
    open(options.promiscuous)
        .or_else(|first| {
            let again = options.promiscuous.then(|| open(false));
            again.and_then(Result::ok).ok_or(first)
        })
        .map_err(|error| refusal(options, &error))
}

fn set_link_type(capture: &mut Capture<Active>, options: &LiveOptions) -> Result<(), Error> {
    let Some(name) = &options.link_type else {
        if options.interface == "any" {
            // An older libpcap has only version 1, which is understood too.
            let _ = capture.set_datalink(LINUX_SLL2);
        }
        return Ok(());
    };
    Linktype::from_name(name)
        .and_then(|link_type| capture.set_datalink(link_type))
        .map_err(|error| Error::Interface {
            interface: options.interface.clone(),
            reason: format!("no link type {name}: {}; -L lists them", words(&error)),
        })
}

fn set_filter(capture: &mut Capture<Active>, options: &LiveOptions) -> Result<(), Error> {
    let (expression, optimized) = (options.filter.expression(), options.filter.is_optimized());
    let program = capture.compile(expression, optimized);
    let program = program
        .and_then(|program| capture.filter(expression, optimized).map(|()| program))
        .map_err(|error| Error::Filter {
            expression: expression.to_owned(),
            reason: advice(expression, &error.to_string()),
        })?;
    if interfaces::is_loopback(&options.interface)
        && let Some(program) = compile::read(&program)
    {
        // Where it fails, for its length, libpcap's stays: counts are doubled.
        let _ = kernel_filter::attach(capture, Some(&program), options.snapshot, Copies::Arriving);
    }
    let direction = match options.direction {
        Direction::Both => return Ok(()),
        Direction::In => pcap::Direction::In,
        Direction::Out => pcap::Direction::Out,
    };
    let set = capture.direction(direction);
    set.map_err(|error| refusal(options, &error))
}

/// Why an interface was not opened, from libpcap's words for it.
fn refusal(options: &LiveOptions, error: &pcap::Error) -> Error {
    let interface = options.interface.as_str();
    let words = words(error);
    let says = |part| words.contains(part);
    if says("No such device") {
        interfaces::missing(interface)
    } else if says("not up") {
        interfaces::down(interface)
    } else if says("not permitted") || says("ermission") || says("CAP_NET_RAW") {
        interfaces::forbidden(interface)
    } else {
        Error::Interface {
            interface: interface.to_owned(),
            reason: words,
        }
    }
}

fn words(error: &pcap::Error) -> String {
    let words = error.to_string();
    words.trim_start_matches("libpcap error: ").to_owned()
}

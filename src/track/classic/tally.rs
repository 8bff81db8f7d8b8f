//! What one end sent, in classic tcptrace's numbers.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::classic::asked::{Asked, Sack};
use crate::track::classic::copies::Recent;
use crate::track::classic::owin::Owin;
use crate::track::classic::pieces::{Brought, Pieces};
use crate::track::classic::rtt::Rtt;
use crate::track::classic::windows::Windows;

/// The counters of one direction. Octets are of data, without SYN and FIN.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub struct Tally {
    /// Segments.
    pub packets: u32,
    /// Segments with ACK.
    pub acks: u32,
    /// Segments with ACK, without data, SYN, FIN and RST.
    pub pure_acks: u32,
    /// Segments with data.
    pub data_packets: u32,
    /// Segments with data and PSH.
    pub pushed: u32,
    /// Octets, repeated ones included.
    pub octets: u64,
    /// Octets, repeated ones and those of window probes left out.
    pub unique_octets: u64,
    /// The most octets in a segment.
    pub max_segment: u32,
    /// The fewest octets in a segment with data.
    pub min_segment: u32,
    /// Octets sent before any of them was acknowledged.
    pub initial_octets: u32,
    /// Segments of these.
    pub initial_packets: u32,
    /// Segments with SYN, with FIN, with RST.
    pub syns: u16,
    /// Segments with FIN.
    pub fins: u16,
    /// Segments with RST.
    pub resets: u16,
    /// The maximum segment size it asked for last.
    pub mss: Option<u16>,
    /// The window scale it offered; 0 from the first segment on that is no SYN,
    /// unless both ends offered one.
    pub window_scale: u8,
    /// Whether it offered a window scale.
    pub has_scale: bool,
    /// Whether it sent timestamps.
    pub has_timestamps: bool,
    /// Whether it permitted SACK.
    pub allows_sack: bool,
    /// Whether more than its SYN was acknowledged.
    is_acked: bool,
    /// Which quadrants of the sequence space it went through, a bit for each.
    quadrants: u8,
    /// How often it came past its SYN again.
    wraps: u16,
    syn: u32,
    fin: u32,
    /// The acknowledgment it sent last.
    ack: u32,
    /// Where its latest segment ended.
    end: u32,
    /// Its latest segment, in microseconds since the connection began; where
    /// it sent one.
    latest: i64,
    /// The longest time between two of its segments, microseconds.
    idle: i64,
    /// Its first and its latest segment with data, where it sent some.
    first_data: i64,
    latest_data: i64,
    /// What it offered the other end to send.
    pub windows: Windows,
    /// What it sent and the other end had not acknowledged.
    pub outstanding: Owin,
    /// How long its segments took to be acknowledged.
    pub rtt: Rtt,
    pieces: Pieces,
    recent: Recent,
    rare: Option<Box<Rare>>,
}

/// What most connections have none of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rare {
    /// Segments with octets, a SYN or a FIN that were sent before.
    pub repeated: u32,
    /// Numbers in them that were sent before.
    pub repeated_octets: u64,
    /// Segments in front of one that was sent before them.
    pub out_of_order: u32,
    /// Segments sent against a window of 0.
    pub probes: u32,
    /// Octets in them.
    pub probe_octets: u64,
    /// Segments with SACK blocks.
    pub sacks_sent: u32,
    /// These, without those that are RST or no ACK.
    pub sack_packets: u32,
    /// Those that tell of data that came twice (RFC 2883).
    pub duplicate_sacks: u32,
    /// The most SACK blocks in a segment.
    pub max_sack_blocks: u8,
    /// Segments with data and URG.
    pub urgent: u32,
    /// The sum of their urgent pointers.
    pub urgent_octets: u64,
    /// Segments with data that was not captured in full.
    pub truncated: u32,
    /// Octets of it that were not captured.
    pub truncated_octets: u64,
    /// Segments that the network copied.
    pub copies: u32,
}

impl Rare {
    const NONE: Self = Self {
        repeated: 0,
        repeated_octets: 0,
        out_of_order: 0,
        probes: 0,
        probe_octets: 0,
        sacks_sent: 0,
        sack_packets: 0,
        duplicate_sacks: 0,
        max_sack_blocks: 0,
        urgent: 0,
        urgent_octets: 0,
        truncated: 0,
        truncated_octets: 0,
        copies: 0,
    };
}

/// A segment, and what its direction's options made of its window.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured<'a> {
    pub(super) segment: &'a Segment<'a>,
    /// The window, scaled; 0 without SYN and ACK.
    pub(super) window: u32,
    /// Microseconds since the connection began.
    pub(super) now: i64,
    pub(super) sack: Option<Sack>,
}

impl Tally {
    /// What most connections have none of.
    #[must_use]
    pub fn rare(&self) -> &Rare {
        self.rare.as_deref().unwrap_or(&Rare::NONE)
    }

    fn rare_mut(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// Octets in a segment with data, on average.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "classic tcptrace's arithmetic"
    )]
    pub fn average_segment(&self) -> u32 {
        (self.octets as f64 / (f64::from(self.data_packets) + 0.001)) as u32
    }

    /// Octets from SYN to FIN, captured or not; `None` without both.
    #[must_use]
    pub fn stream_length(&self) -> Option<u64> {
        const SPACE: u64 = 1 << 32;
        if self.syns == 0 || self.fins == 0 {
            return None;
        }
        let last = if self.resets > 0 { self.end } else { self.fin };
        let wraps = u64::from(self.wraps) + u64::from(last <= self.syn);
        Some(u64::from(last) + SPACE * wraps - u64::from(self.syn) - 1)
    }

    /// Octets of the stream that were not seen; negative where more was.
    #[must_use]
    pub fn missed(&self) -> Option<i64> {
        let length = self.stream_length()?;
        Some(
            length
                .cast_signed()
                .wrapping_sub(self.unique_octets.cast_signed()),
        )
    }

    /// From the first segment with data to the latest.
    #[must_use]
    pub fn data_time(&self) -> Span {
        micros((self.latest_data - self.first_data).max(0))
    }

    /// The longest time between two segments; `None` where it sent nothing.
    #[must_use]
    pub fn idle_time(&self) -> Option<Span> {
        (self.packets > 0).then(|| micros(self.idle))
    }

    /// Takes the time until the capture ended for a time between segments.
    pub(super) fn wait_until(&mut self, end: i64) {
        if self.packets > 0 {
            self.idle = self.idle.max(end - self.latest);
        }
    }

    /// Takes control bits, options and numbers of a segment it sent; what was
    /// sent before, unless it probed a window.
    pub(super) fn begin(&mut self, segment: &Segment<'_>, now: i64) -> Asked {
        let flags = segment.flags;
        if flags.any(Flags::SYN | Flags::RST | Flags::FIN) {
            let count = |count: &mut u16, bit| {
                *count = count.saturating_add(u16::from(flags.has(bit)));
            };
            count(&mut self.syns, Flags::SYN);
            count(&mut self.resets, Flags::RST);
            count(&mut self.fins, Flags::FIN);
        }
        self.pass(segment, now);
        if flags.has(Flags::SYN) {
            self.syn = segment.seq.0;
        }
        if flags.has(Flags::FIN) {
            self.fin = self.end;
        }
        let asked = Asked::of(segment.options);
        self.mss = asked.mss.or(self.mss);
        if let Some(scale) = asked.window_scale {
            self.window_scale = scale;
            self.has_scale = true;
        }
        self.has_timestamps |= asked.has_timestamps;
        self.allows_sack |= asked.allows_sack;
        asked
    }

    /// Takes when a segment passed and where its data ends.
    #[inline]
    pub(super) fn pass(&mut self, segment: &Segment<'_>, now: i64) {
        if self.packets > 0 {
            self.idle = self.idle.max(now - self.latest);
        }
        self.latest = now;
        self.mark_quadrants(segment.seq.0, segment.payload_len);
        self.end = (segment.seq + segment.payload_len).0;
    }

    /// Counts how often the numbers come round: all four quadrants were seen,
    /// and the segment ends behind the SYN in the SYN's own.
    fn mark_quadrants(&mut self, start: u32, len: u32) {
        const ALL: u8 = 0b1111;
        let end = u64::from(start) + u64::from(len);
        let mark = 1 << (start >> 30);
        if self.quadrants & mark != 0
            && self.quadrants != ALL
            && end >> 30 == u64::from(start >> 30)
        {
            return;
        }
        let quadrant = |number: u64| number >> 30;
        let syn = u64::from(self.syn);
        if self.quadrants == ALL && quadrant(syn) == quadrant(end) && end >= syn {
            self.wraps = self.wraps.saturating_add(1);
            self.quadrants = 0;
        }
        for number in [u64::from(start), end] {
            // A number past the end of the space is in no quadrant.
            self.quadrants |= ALL & (1 << quadrant(number).min(7));
        }
    }

    /// Counts data, copies, and what the capture cut off.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "of a usual segment little is left of it"
    )]
    pub(super) fn count(&mut self, sent: &Measured<'_>) {
        let Measured { segment, now, .. } = *sent;
        self.packets += 1;
        let len = segment.payload_len;
        if len > 0 {
            self.data_packets += 1;
            self.pushed += u32::from(segment.flags.has(Flags::PSH));
            self.octets += u64::from(len);
            self.max_segment = self.max_segment.max(len);
            self.min_segment = if self.min_segment == 0 {
                len
            } else {
                self.min_segment.min(len)
            };
            if self.data_packets == 1 {
                self.first_data = now;
            }
            self.latest_data = now;
            if segment.flags.has(Flags::URG) {
                let rare = self.rare_mut();
                rare.urgent += 1;
                rare.urgent_octets += u64::from(segment.urgent);
            }
            let missing = (len as usize).saturating_sub(segment.payload.len());
            if missing > 0 {
                let rare = self.rare_mut();
                rare.truncated += 1;
                rare.truncated_octets += missing as u64;
            }
        }
        if sent.sack.is_some() {
            self.rare_mut().sacks_sent += 1;
        }
        if self.recent.is_copy(segment.identification, segment.seq) {
            self.rare_mut().copies += 1;
        }
    }

    /// Takes what a segment occupies of the sequence space. `is_probe` where
    /// the other end has no room for it.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "of a usual segment little is left of it"
    )]
    pub(super) fn send(&mut self, sent: &Measured<'_>, is_probe: bool) -> Brought {
        let Measured { segment, now, .. } = *sent;
        let len = segment.payload_len;
        if is_probe {
            let rare = self.rare_mut();
            rare.probes += 1;
            rare.probe_octets += u64::from(len);
            return Brought::default();
        }
        let brought = self
            .pieces
            .send(segment.seq.0, segment.seq_len(), now, &mut self.rtt);
        // Of what was sent again, a SYN or FIN is one that is no data.
        let counts_twice = |bit, count| u32::from(segment.flags.has(bit) && count > 1);
        let control = counts_twice(Flags::SYN, self.syns) + counts_twice(Flags::FIN, self.fins);
        let again = i64::from(brought.again) - i64::from(control);
        let new = i64::from(len) - again;
        self.unique_octets += u64::try_from(new).unwrap_or(0);
        if brought.is_out_of_order {
            self.rare_mut().out_of_order += 1;
        }
        if brought.again > 0 {
            let rare = self.rare_mut();
            rare.repeated += 1;
            rare.repeated_octets += u64::from(brought.again);
        }
        brought
    }

    /// Whether a segment of the other end repeats its latest acknowledgment.
    pub(super) fn repeats_ack(&self, sent: &Measured<'_>) -> bool {
        sent.segment.ack.0 == self.ack
            && sent.segment.payload_len == 0
            && sent.window == self.windows.latest()
    }

    /// Takes the other end's acknowledgment of its data.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "of a usual segment little is left of it"
    )]
    pub(super) fn acknowledge(&mut self, sent: &Measured<'_>, is_repeated: bool) {
        let ack = sent.segment.ack.0;
        let may_repeat = is_repeated && self.outstanding.has_any();
        self.pieces
            .acknowledge(ack, sent.now, may_repeat, &mut self.rtt);
        if ack == self.syn.wrapping_add(1) && self.syns == 1 {
            self.rtt.handshake = self.rtt.latest;
        }
    }

    /// Counts an acknowledgment that it sent with a segment that is no RST.
    pub(super) fn count_ack(&mut self, sent: &Measured<'_>) {
        let Measured { segment, .. } = *sent;
        self.acks += 1;
        let is_pure = segment.payload_len == 0 && !segment.flags.any(Flags::SYN | Flags::FIN);
        self.pure_acks += u32::from(is_pure);
        if let Some(sack) = sent.sack {
            let rare = self.rare_mut();
            rare.sack_packets += 1;
            rare.max_sack_blocks = rare.max_sack_blocks.max(sack.blocks);
            rare.duplicate_sacks += u32::from(sack.is_duplicate(segment.ack.0));
        }
        self.ack = segment.ack.0;
    }

    /// Takes the acknowledgment for one of data unless it is of the SYN.
    pub(super) fn learn_ack(&mut self, ack: u32) {
        self.is_acked |= ack != self.syn.wrapping_add(1);
    }

    /// Counts what was sent before anything was acknowledged.
    pub(super) fn count_initial(&mut self, len: u32) {
        if len > 0 && !self.is_acked {
            self.initial_octets = self.initial_octets.saturating_add(len);
            self.initial_packets += 1;
        }
    }

    /// The other end's SYN stands for the acknowledgment before the first.
    pub(super) fn set_ack(&mut self, syn: u32) {
        self.ack = syn;
    }

    /// The acknowledgment it sent last; 0 before the first.
    pub(super) const fn latest_ack(&self) -> u32 {
        self.ack
    }
}

const fn micros(micros: i64) -> Span {
    Span(micros.saturating_mul(1_000))
}

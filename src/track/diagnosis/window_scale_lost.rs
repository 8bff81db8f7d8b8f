//! An end that scales its windows, though no SYN says so any more: somebody on the way
//! took the option out.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;

pub(super) const ABOUT: Description = Description {
    code: Code::WindowScaleLost,
    name: "window_scale_lost",
    severity: Severity::Slows,
    means: "An end scales its windows, and the other was not told, or told otherwise: somebody between the end \
        and the capture took the window scale out of its SYN, or out of the other's on its way there, or changed \
        it. So the other end takes its window for a hundredth of what it is, and sends no more at once. It is \
        recognised by the first window behind the SYN, which was not scaled itself: it is that of the SYN, less \
        what has arrived since, shifted by three bits or more to the right, and stays as small. `window` is what \
        that first one comes to as captured, `shift` by how many bits more it has to be shifted.",
    unlike: "An end that only has less room has any window, and offers more in time. Where neither SYN offers \
        to scale, nobody does. Where all windows are scaled as both SYNs say, the first is as large as that of \
        the SYN. If the option is taken out of both SYNs before either end sees it nobody scales, and \
        nothing shows it.",
    reference: "RFC 7323 §2.2 and §2.3",
};

/// By how many bits a window is shifted at least: no end shrinks its window so much with
/// nothing received.
const LEAST: u32 = 3;
const MOST: u32 = 14;
/// A scaled window smaller than this may be any.
const SMALL: u32 = 16;
/// The part of the first window that may have been filled.
const PART: u32 = 16;

/// The first window of an end behind its SYN, which was shifted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unannounced {
    /// As captured, octets.
    window: u32,
    shift: u32,
    frame: NonZeroU64,
}

impl Flow {
    /// Whether the first window of `sender` behind its SYN is so small that it may have
    /// been shifted.
    #[inline]
    pub(in crate::track) fn is_window_small(sender: &Half, segment: &Segment<'_>) -> bool {
        let shift = sender.shift.unwrap_or(0);
        u32::from(segment.window) << shift <= u32::from(sender.window) >> LEAST
    }
}

impl Unannounced {
    pub(super) fn of(moment: &Moment<'_>) -> Option<Self> {
        let (segment, sender, other) = (moment.segment, moment.sender(), moment.receiver());
        let handshake = &moment.flow.handshake;
        let is_offered = handshake
            .offered
            .window_scale
            .or(handshake.answered.window_scale);
        is_offered?;
        let syns = match moment.dir {
            Dir::ToServer => 1 + u64::from(handshake.syn_again),
            Dir::ToClient => 1 + u64::from(handshake.syn_ack_again),
        };
        let is_first = sender.segments == syns && sender.has_syn() && other.has_syn();
        let is_plain = segment.is_ack()
            && !segment.flags.any(Flags::SYN | Flags::RST | Flags::FIN)
            && moment.role.unacceptable.is_none()
            && !handshake.is_simultaneous;
        if !is_first || !is_plain || !Flow::is_window_small(sender, segment) {
            return None;
        }
        let known = u32::from(sender.shift?);
        let (of_syn, now) = (u32::from(sender.window), u32::from(segment.window));
        let arrived = (segment.ack - (other.iss + 1)).max(0).cast_unsigned();
        let shift = (known + LEAST..=MOST).find(|&shift| {
            let least = of_syn.saturating_sub(arrived) >> shift;
            (least..=(of_syn >> shift) + 1).contains(&now)
        })?;
        (arrived <= of_syn / PART && now >= SMALL).then_some(Self {
            window: now << known,
            shift: shift - known,
            frame: segment.frame,
        })
    }

    /// What is found of the end that sends in direction `end`.
    pub(super) fn diagnose(&self, flow: &Flow, end: Dir) -> Option<Diagnosis> {
        let handshake = &flow.handshake;
        let syn = match end {
            Dir::ToServer => handshake.syn?,
            Dir::ToClient => handshake.syn_ack?,
        };
        let stays = flow.offered_by(end) <= self.window.saturating_mul(1 << (LEAST - 1));
        let measures = [Measure::Window(self.window), Measure::Shift(self.shift)];
        stays.then(|| ABOUT.found(end, (self.frame, &[syn.frame]), &measures))
    }
}

//! Segments noted in few octets, as far as those look at them who are told later: no
//! addresses, and of the usual options only that they are there.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::options::TcpOptions;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::track::blank;
use crate::track::dir::Dir;

/// The most octets of notes: under what the dialects' own state would take.
const MOST: usize = 640;
/// What is made room for at first: the segments of a short exchange.
const FIRST: usize = 320;

/// A segment, but for options that are not the usual ones.
const NOTE: usize = 26;
/// Above the control bits: the direction, whether there is an identification, and
/// which options there are.
const TO_CLIENT: u16 = 1 << 9;
const HAS_IDENTIFICATION: u16 = 1 << 10;
const TIMESTAMPS: u16 = 1 << 11;
const OTHER_OPTIONS: u16 = 1 << 12;

/// Timestamps alone, as nearly every sender writes them; their values are looked
/// at by nobody here.
const USUAL: [u8; 12] = [1, 1, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0];

/// Notes, one after the other.
#[derive(Debug, Clone, Default)]
pub(in crate::track) struct Pending(Vec<u8>);

impl Pending {
    /// Notes a segment that came `now` microseconds after the first one; `false`
    /// where there is no room, or something about it that no note holds.
    #[inline]
    pub(super) fn note(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) -> bool {
        self.try_note(dir, segment, now).is_some()
    }

    #[inline]
    fn try_note(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) -> Option<()> {
        let options = segment.options.bytes;
        let kind = match options {
            [] => 0,
            _ if segment.options.are_usual() => TIMESTAMPS,
            _ => OTHER_OPTIONS,
        };
        let behind = if kind == OTHER_OPTIONS { options } else { &[] };
        if self.0.len() + NOTE + 1 + behind.len() > MOST || segment.flags.has(Flags::URG) {
            return None;
        }
        let now = u32::try_from(now).ok()?;
        let frame = u32::try_from(segment.frame.get()).ok()?;
        let len = u16::try_from(segment.payload_len).ok()?;
        let captured = u16::try_from(segment.payload.len()).ok()?;
        let mut head = segment.flags.bits() | kind;
        if dir == Dir::ToClient {
            head |= TO_CLIENT;
        }
        if segment.identification.is_some() {
            head |= HAS_IDENTIFICATION;
        }
        let words = [
            head,
            segment.window,
            len,
            captured,
            segment.identification.unwrap_or(0),
        ];
        let mut note = [0; NOTE];
        let (numbers, halves) = note.split_at_mut(16);
        for (place, number) in
            numbers
                .chunks_exact_mut(4)
                .zip([now, segment.seq.0, segment.ack.0, frame])
        {
            place.copy_from_slice(&number.to_le_bytes());
        }
        for (place, word) in halves.chunks_exact_mut(2).zip(words) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        if self.0.capacity() == 0 {
            self.0.reserve_exact(FIRST);
        }
        self.0.extend_from_slice(&note);
        if kind == OTHER_OPTIONS {
            self.0.push(u8::try_from(behind.len()).ok()?);
            self.0.extend_from_slice(behind);
        }
        Some(())
    }

    /// How many segments were noted.
    pub(in crate::track) fn len(&self) -> usize {
        let mut all = 0;
        self.each(|_, _, _| all += 1);
        all
    }

    /// Each segment that was noted, in order.
    pub(in crate::track) fn each(&self, mut take: impl FnMut(Dir, &Segment<'_>, i64)) {
        let mut rest = &self.0[..];
        while let Some((note, behind)) = rest.split_first_chunk::<NOTE>() {
            let number = |at: usize| {
                let octets = note.get(at..at + 4).and_then(|four| four.first_chunk());
                octets.map_or(0, |octets| u32::from_le_bytes(*octets))
            };
            let word = |nth: usize| {
                let at = 16 + 2 * nth;
                let octets = note.get(at..at + 2).and_then(|two| two.first_chunk());
                octets.map_or(0, |octets| u16::from_le_bytes(*octets))
            };
            let head = word(0);
            let (options, behind): (&[u8], &[u8]) = match behind {
                [len, others @ ..] if head & OTHER_OPTIONS != 0 => {
                    others.split_at(usize::from(*len).min(others.len()))
                }
                _ if head & TIMESTAMPS != 0 => (&USUAL, behind),
                _ => (&[], behind),
            };
            rest = behind;
            let dir = if head & TO_CLIENT == 0 {
                Dir::ToServer
            } else {
                Dir::ToClient
            };
            let segment = Segment {
                frame: NonZeroU64::new(number(12).into()).unwrap_or(NonZeroU64::MIN),
                seq: SeqNum(number(4)),
                ack: SeqNum(number(8)),
                flags: Flags::from_bits(head),
                window: word(1),
                payload_len: word(2).into(),
                payload: blank::octets(word(3).into()),
                identification: (head & HAS_IDENTIFICATION != 0).then(|| word(4)),
                options: TcpOptions {
                    bytes: options,
                    missing: 0,
                },
                ..Segment::NOBODYS
            };
            take(dir, &segment, number(0).into());
        }
    }
}

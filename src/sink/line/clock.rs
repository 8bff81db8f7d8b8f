//! The timestamp in front of a line, in tcpdump's six manners.

use jiff::tz::TimeZone;

use crate::sink::draft::Draft;
use crate::sink::text::Text;
use crate::time::{Resolution, Timestamp};

/// How a line tells the time, by the number of `t` options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeStyle {
    /// Time of day.
    #[default]
    TimeOfDay,
    /// `-t`: nothing.
    None,
    /// `-tt`: seconds since the epoch.
    Epoch,
    /// `-ttt`: since the line before.
    SincePrevious,
    /// `-tttt`: date and time of day.
    Date,
    /// `-ttttt`: since the first line.
    SinceFirst,
}

impl TimeStyle {
    /// The style of `count` `t` options; `None` for more than tcpdump knows.
    #[must_use]
    pub const fn of_count(count: u8) -> Option<Self> {
        Some(match count {
            0 => Self::TimeOfDay,
            1 => Self::None,
            2 => Self::Epoch,
            3 => Self::SincePrevious,
            4 => Self::Date,
            5 => Self::SinceFirst,
            _ => return None,
        })
    }
}

/// Room for a date and a time of day.
const SHOWN: usize = 32;

/// Writes timestamps, and remembers what relative ones need.
#[derive(Debug)]
pub struct Clock {
    style: TimeStyle,
    digits: Resolution,
    zone: TimeZone,
    /// The second that `shown` tells.
    second: Option<i64>,
    shown: [u8; SHOWN],
    shown_len: usize,
    /// Where a second is written before it is copied to `shown`.
    draft: Text,
    /// What a relative time counts from: the frame before, or the first.
    reference: Timestamp,
}

/// What [`Clock::stamp`] leaves to write: a second and microseconds.
#[derive(Clone, Copy)]
pub(super) struct StampedTime<'c>(Option<(&'c [u8; SHOWN], usize, u32)>);

impl StampedTime<'_> {
    /// Writes the time and a space.
    #[inline]
    pub(super) fn write<'t>(&self, draft: Draft<'t>) -> Draft<'t> {
        match self.0 {
            Some((second, len, fraction)) => draft.padded(second, len).fraction(fraction),
            None => draft,
        }
    }
}

impl Clock {
    /// Times of day are those of `zone`.
    #[must_use]
    pub fn new(style: TimeStyle, digits: Resolution, zone: TimeZone) -> Self {
        Self {
            style,
            digits,
            zone,
            second: None,
            shown: [0; SHOWN],
            shown_len: 0,
            draft: Text::default(),
            reference: Timestamp::default(),
        }
    }

    /// The usual time of a frame, a time of day with six digits, for the draft
    /// of a line. Any other is written to `text` at once.
    #[inline]
    pub(super) fn stamp(&mut self, time: Timestamp, text: &mut Text) -> StampedTime<'_> {
        let (second, nanoseconds) = time.recorded();
        let is_shown = self.tells_time_of_day() && self.second == Some(second);
        match self.microseconds(nanoseconds) {
            Some(fraction) if is_shown => {
                StampedTime(Some((&self.shown, self.shown_len, fraction)))
            }
            _ => {
                self.write(time, text);
                StampedTime(None)
            }
        }
    }

    #[inline]
    const fn tells_time_of_day(&self) -> bool {
        matches!(self.style, TimeStyle::TimeOfDay | TimeStyle::Date)
    }

    /// Writes the time of a frame and a space; nothing for `-t`.
    pub fn write(&mut self, time: Timestamp, text: &mut Text) {
        match self.style {
            TimeStyle::TimeOfDay | TimeStyle::Date => {
                let (second, nanoseconds) = time.recorded();
                if self.second != Some(second) {
                    self.second = Some(second);
                    self.show_second(second);
                }
                text.raw(&self.shown[..self.shown_len]);
                self.fraction(nanoseconds, text);
            }
            TimeStyle::None => {}
            TimeStyle::Epoch => {
                let (second, nanoseconds) = time.recorded();
                text.decimal(second.cast_unsigned());
                self.fraction(nanoseconds, text);
            }
            TimeStyle::SincePrevious | TimeStyle::SinceFirst => {
                let since = self.since(time);
                self.difference(time, since, text);
            }
        }
    }

    /// Lets a frame without a line pass: tcpdump prints one for it, and counts
    /// relative times from it.
    pub fn pass(&mut self, time: Timestamp) {
        self.since(time);
    }

    /// What the relative time of a frame counts from. As in tcpdump, the
    /// instant zero is nothing to count from, so the next frame is.
    fn since(&mut self, time: Timestamp) -> Timestamp {
        if self.cut(self.reference) == Timestamp::default() {
            self.reference = time;
        }
        let since = self.reference;
        if self.style == TimeStyle::SincePrevious {
            self.reference = time;
        }
        since
    }

    /// The fraction of a second where it is shown in six digits.
    #[inline]
    fn microseconds(&self, nanoseconds: u64) -> Option<u32> {
        let microseconds = u32::try_from(nanoseconds / 1_000).ok()?;
        (self.digits == Resolution::Micro && microseconds < 1_000_000).then_some(microseconds)
    }

    fn fraction(&self, nanoseconds: u64, text: &mut Text) {
        if let Some(fraction) = self.microseconds(nanoseconds) {
            return text.draft(|draft| draft.fraction(fraction));
        }
        text.octet(b'.');
        match (self.digits, u32::try_from(nanoseconds)) {
            (Resolution::Nano, Ok(nanoseconds)) => text.zero_padded(nanoseconds, 9),
            _ => text.zero_padded(u32::try_from(nanoseconds / 1_000).unwrap_or(u32::MAX), 6),
        }
        text.octet(b' ');
    }

    /// The sign, then hours, minutes and seconds of the difference; days are
    /// left out, as in tcpdump. Microseconds are cut before the difference is
    /// taken, since that is all tcpdump sees.
    fn difference(&self, time: Timestamp, since: Timestamp, text: &mut Text) {
        let difference = self.cut(time) - self.cut(since);
        text.octet(if difference.is_negative() { b'-' } else { b' ' });
        let difference = difference.magnitude();
        let seconds = difference.as_secs();
        #[expect(clippy::cast_possible_truncation, reason = "under 24 and 60")]
        for (unit, modulus) in [(3600, 24), (60, 60), (1, 60)] {
            text.two_digits((seconds / unit % modulus) as u32);
            if unit > 1 {
                text.octet(b':');
            }
        }
        self.fraction(u64::from(difference.subsec_nanos()), text);
    }

    fn cut(&self, time: Timestamp) -> Timestamp {
        let (second, nanoseconds) = time.recorded();
        match self.digits {
            Resolution::Micro => Timestamp::new(second, nanoseconds / 1_000 * 1_000),
            Resolution::Nano => time,
        }
    }

    /// Local time is worked out once for each second of the capture.
    fn show_second(&mut self, second: i64) {
        let instant = jiff::Timestamp::from_second(second).unwrap_or_default();
        let local = self.zone.to_datetime(instant);
        let text = &mut self.draft;
        text.clear();
        let number = |value: i8| u32::from(value.unsigned_abs());
        if self.style == TimeStyle::Date {
            text.zero_padded(u32::from(local.year().unsigned_abs()), 4);
            text.octet(b'-');
            text.two_digits(number(local.month()));
            text.octet(b'-');
            text.two_digits(number(local.day()));
            text.octet(b' ');
        }
        text.two_digits(number(local.hour()));
        text.octet(b':');
        text.two_digits(number(local.minute()));
        text.octet(b':');
        text.two_digits(number(local.second()));
        self.shown_len = text.len().min(SHOWN);
        self.shown[..self.shown_len].copy_from_slice(&text.octets()[..self.shown_len]);
    }
}

//! The timestamp in front of a line, in tcpdump's six manners.

use jiff::tz::TimeZone;

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

/// Writes timestamps, and remembers what relative ones need.
#[derive(Debug)]
pub struct Clock {
    style: TimeStyle,
    digits: Resolution,
    zone: TimeZone,
    /// The second that `shown` tells.
    second: Option<i64>,
    shown: Text,
    first: Option<Timestamp>,
    previous: Option<Timestamp>,
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
            shown: Text::default(),
            first: None,
            previous: None,
        }
    }

    /// Writes the time of a frame and a space; nothing for `-t`.
    #[inline]
    pub fn write(&mut self, time: Timestamp, text: &mut Text) {
        match self.style {
            TimeStyle::TimeOfDay | TimeStyle::Date => {
                if self.second != Some(time.seconds()) {
                    self.second = Some(time.seconds());
                    self.show_second(time.seconds());
                }
                text.raw(self.shown.octets());
                self.fraction(time.nanosecond(), text);
            }
            TimeStyle::None => {}
            TimeStyle::Epoch => {
                text.decimal(time.seconds().cast_unsigned());
                self.fraction(time.nanosecond(), text);
            }
            TimeStyle::SincePrevious => {
                let since = self.previous.replace(time).unwrap_or(time);
                self.difference(time, since, text);
            }
            TimeStyle::SinceFirst => {
                let since = *self.first.get_or_insert(time);
                self.difference(time, since, text);
            }
        }
    }

    /// Lets a frame without a line pass: tcpdump prints one for it, and counts
    /// relative times from it.
    pub fn pass(&mut self, time: Timestamp) {
        self.previous = Some(time);
        self.first.get_or_insert(time);
    }

    fn fraction(&self, nanosecond: u32, text: &mut Text) {
        text.octet(b'.');
        match self.digits {
            Resolution::Micro => text.six_digits(nanosecond / 1_000),
            Resolution::Nano => {
                text.six_digits(nanosecond / 1_000);
                text.zero_padded(nanosecond % 1_000, 3);
            }
        }
        text.octet(b' ');
    }

    /// The sign, then hours, minutes and seconds of the difference; days are
    /// left out, as in tcpdump. Microseconds are cut before the difference is
    /// taken, since that is all tcpdump sees.
    fn difference(&self, time: Timestamp, since: Timestamp, text: &mut Text) {
        let (time, since) = (self.cut(time), self.cut(since));
        let difference = (time - since).magnitude();
        text.octet(if time < since { b'-' } else { b' ' });
        let seconds = difference.as_secs();
        #[expect(clippy::cast_possible_truncation, reason = "under 24 and 60")]
        for (unit, modulus) in [(3600, 24), (60, 60), (1, 60)] {
            text.two_digits((seconds / unit % modulus) as u32);
            if unit > 1 {
                text.octet(b':');
            }
        }
        self.fraction(difference.subsec_nanos(), text);
    }

    fn cut(&self, time: Timestamp) -> Timestamp {
        let nanosecond = i64::from(time.nanosecond());
        match self.digits {
            Resolution::Micro => Timestamp::new(time.seconds(), nanosecond / 1_000 * 1_000),
            Resolution::Nano => time,
        }
    }

    /// Local time is worked out once for each second of the capture.
    fn show_second(&mut self, second: i64) {
        let instant = jiff::Timestamp::from_second(second).unwrap_or_default();
        let local = self.zone.to_datetime(instant);
        self.shown.clear();
        let number = |value: i8| u32::from(value.unsigned_abs());
        if self.style == TimeStyle::Date {
            self.shown
                .zero_padded(u32::from(local.year().unsigned_abs()), 4);
            self.shown.octet(b'-');
            self.shown.two_digits(number(local.month()));
            self.shown.octet(b'-');
            self.shown.two_digits(number(local.day()));
            self.shown.octet(b' ');
        }
        self.shown.two_digits(number(local.hour()));
        self.shown.octet(b':');
        self.shown.two_digits(number(local.minute()));
        self.shown.octet(b':');
        self.shown.two_digits(number(local.second()));
    }
}

//! What time it is in the capture, between two frames too.

use std::time::Duration;

use tcptrace::time::{Span, Timestamp};

/// The time in the capture. Of a live one it goes on by the wall clock while no frame
/// comes; of a file that is read at once it is that of the latest frame.
#[derive(Debug, Clone, Default)]
pub struct CaptureTime {
    /// How much faster than the wall clock it goes; `None` where it stands between frames.
    pace: Option<f64>,
    /// The latest frame's.
    latest: Option<Timestamp>,
    /// What the wall clock's time, by the pace, is to be shifted by, in nanoseconds.
    shift: Option<i64>,
}

impl CaptureTime {
    /// Before the first frame.
    pub fn new(pace: Option<f64>) -> Self {
        Self {
            pace,
            ..Self::default()
        }
    }

    /// Takes the time of the latest frame, told when the wall clock showed `wall`.
    pub fn take(&mut self, latest: Timestamp, wall: Duration) {
        if self.latest.is_some_and(|known| known >= latest) {
            return;
        }
        self.latest = Some(latest);
        if let Some(passed) = self.passed(wall) {
            // A frame is told some time after it came, never before: the time that is
            // furthest on is the nearest.
            let shift = nanoseconds(latest).saturating_sub(passed);
            self.shift = Some(self.shift.map_or(shift, |known| known.max(shift)));
        }
    }

    /// Time stands from now on.
    pub const fn end(&mut self) {
        self.pace = None;
    }

    /// What time it is when the wall clock shows `wall`; `None` before the first frame.
    pub fn at(&self, wall: Duration) -> Option<Timestamp> {
        let latest = self.latest?;
        let (Some(passed), Some(shift)) = (self.passed(wall), self.shift) else {
            return Some(latest);
        };
        Some(latest.max(timestamp(passed.saturating_add(shift))))
    }

    /// Whether it goes on by the wall clock.
    pub const fn is_running(&self) -> bool {
        self.pace.is_some() && self.latest.is_some()
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a conversion that saturates, of times to be shown"
    )]
    fn passed(&self, wall: Duration) -> Option<i64> {
        Some((wall.as_nanos() as f64 * self.pace?) as i64)
    }
}

/// Nanoseconds since the epoch.
pub fn nanoseconds(time: Timestamp) -> i64 {
    let Span(nanoseconds) = time - Timestamp::new(0, 0);
    nanoseconds
}

/// The time so many nanoseconds since the epoch.
pub const fn timestamp(nanoseconds: i64) -> Timestamp {
    const SECOND: i64 = 1_000_000_000;
    let rest = nanoseconds.rem_euclid(SECOND);
    Timestamp::new(nanoseconds.div_euclid(SECOND), rest.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn wall(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_live_captures_time_goes_on_while_no_frame_comes() {
        let mut time = CaptureTime::new(Some(1.0));
        assert_eq!(time.at(wall(5)), None);
        time.take(Timestamp::new(100, 0), wall(40));
        assert_eq!(time.at(wall(1_040)), Some(Timestamp::new(101, 0)));
        // Told at once: the first one had been told late.
        time.take(Timestamp::new(101, 20_000_000), wall(1_040));
        assert_eq!(time.at(wall(1_040)), Some(Timestamp::new(101, 20_000_000)));
        // Told late: time does not go back.
        time.take(Timestamp::new(101, 30_000_000), wall(1_140));
        assert_eq!(time.at(wall(1_140)), Some(Timestamp::new(101, 120_000_000)));
    }

    #[test]
    fn a_files_time_stands_between_its_frames_and_at_its_end() {
        let mut time = CaptureTime::new(None);
        time.take(Timestamp::new(100, 0), wall(0));
        assert_eq!(time.at(wall(5_000)), Some(Timestamp::new(100, 0)));
        let mut faster = CaptureTime::new(Some(10.0));
        faster.take(Timestamp::new(100, 0), wall(0));
        assert_eq!(faster.at(wall(500)), Some(Timestamp::new(105, 0)));
        faster.end();
        assert_eq!(faster.at(wall(500)), Some(Timestamp::new(100, 0)));
    }

    #[test]
    fn times_are_packed_and_come_back() {
        for time in [
            Timestamp::new(-1, 7),
            Timestamp::new(1_700_000_000, 999_999_999),
        ] {
            assert_eq!(timestamp(nanoseconds(time)), time);
        }
    }
}

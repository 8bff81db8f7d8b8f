//! When another file begins, and its name: tcpdump's `-C`, `-G` and `-W`.
//!
//! Time is the frames', also of files: so a replay is divided as the capture
//! would have been.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp as Instant;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use crate::error::Error;
use crate::time::Timestamp;

/// When another file begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rotation {
    /// `-C`: when the file has more octets than that, before a frame.
    pub octets: Option<u64>,
    /// `-G`: so many seconds after the first frame of the last turn.
    pub seconds: Option<u32>,
    /// `-W`: with a size, the numbers begin anew after so many files; without,
    /// there are no more files.
    pub files: Option<u32>,
}

/// The files' turns.
#[derive(Debug)]
pub(super) struct Turns {
    pattern: PathBuf,
    rotation: Rotation,
    zone: TimeZone,
    /// Since when this turn lasts, in seconds.
    since: i64,
    /// How many turns before this one ended with their time.
    times: u32,
    /// The file's number within its turn.
    number: u32,
}

impl Turns {
    pub(super) fn new(pattern: &Path, rotation: Rotation, zone: TimeZone) -> Self {
        Self {
            pattern: pattern.to_owned(),
            rotation,
            zone,
            since: 0,
            times: 0,
            number: 0,
        }
    }

    /// The first file's name; none where that has a time and the time is not
    /// known.
    pub(super) fn first(&mut self, began: Option<Timestamp>) -> Result<Option<PathBuf>, Error> {
        match (self.rotation.seconds, began) {
            (Some(_), None) => return Ok(None),
            (_, Some(began)) => self.since = began.seconds(),
            _ => {}
        }
        self.name().map(Some)
    }

    /// What comes before a frame, where the file has `octets`: another file, by
    /// its name; or the end, where there were enough.
    #[inline]
    pub(super) fn next(
        &mut self,
        time: Timestamp,
        octets: u64,
    ) -> Option<Result<Option<PathBuf>, Error>> {
        let Rotation {
            octets: most,
            seconds,
            files,
        } = self.rotation;
        if let Some(seconds) = seconds
            && time.seconds().saturating_sub(self.since) >= i64::from(seconds)
        {
            self.since = time.seconds();
            self.times += 1;
            if most.is_none() && files.is_some_and(|files| self.times >= files) {
                return Some(Ok(None));
            }
            self.number = 0;
            return Some(self.name().map(Some));
        }
        if most.is_some_and(|most| octets > most) {
            self.number += 1;
            if files.is_some_and(|files| self.number >= files) {
                self.number = 0;
            }
            return Some(self.name().map(Some));
        }
        None
    }

    /// The name of the file whose turn it is: the pattern with the time in it,
    /// where turns have one, and the number behind it, where files are
    /// numbered: from 1, but from 0 and in columns where their count is known.
    fn name(&self) -> Result<PathBuf, Error> {
        let mut name = match self.rotation.seconds {
            Some(_) => self.timed()?,
            None => self.pattern.clone(),
        }
        .into_os_string();
        let digits = match self.rotation {
            Rotation {
                octets: Some(_),
                files: Some(files),
                ..
            } => files
                .saturating_sub(1)
                .checked_ilog10()
                .map_or(0, |log| log + 1),
            _ => 0,
        };
        if digits > 0 || self.number > 0 {
            let width = digits as usize;
            name.push(format!("{:0width$}", self.number));
        }
        Ok(name.into())
    }

    fn timed(&self) -> Result<PathBuf, Error> {
        let refused = |reason: String| Error::Save {
            path: self.pattern.clone(),
            source: io::Error::new(io::ErrorKind::InvalidInput, reason),
        };
        let Some(pattern) = self.pattern.to_str() else {
            return Err(refused("a name with a time has to be UTF-8".to_owned()));
        };
        let instant = Instant::from_second(self.since);
        let instant = instant.map_err(|error| refused(error.to_string()))?;
        let zoned = instant.to_zoned(self.zone.clone());
        let name = strtime::format(pattern, &zoned);
        name.map(PathBuf::from)
            .map_err(|error| refused(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::new(seconds, 0)
    }

    /// The names of the files of frames at these seconds, each of 100 octets
    /// after a header of 24.
    fn names(pattern: &str, rotation: Rotation, seconds: &[i64]) -> Vec<String> {
        let mut turns = Turns::new(Path::new(pattern), rotation, TimeZone::UTC);
        let (mut names, mut octets) = (Vec::new(), 24);
        let shown = |path: Option<PathBuf>| path.unwrap().to_str().unwrap().to_owned();
        names.push(shown(turns.first(Some(at(seconds[0]))).unwrap()));
        for &second in seconds {
            match turns.next(at(second), octets).map(Result::unwrap) {
                None => octets += 100,
                Some(None) => {
                    names.push("over".to_owned());
                    break;
                }
                path => {
                    names.push(shown(path.flatten()));
                    octets = 124;
                }
            }
        }
        names
    }

    #[test]
    fn sizes_are_numbered_from_the_second_file_on() {
        let rotation = Rotation {
            octets: Some(200),
            ..Rotation::default()
        };
        assert_eq!(names("a", rotation, &[0; 7]), ["a", "a1", "a2", "a3"]);
    }

    #[test]
    fn a_file_may_have_just_that_size() {
        let rotation = Rotation {
            octets: Some(124),
            ..Rotation::default()
        };
        assert_eq!(names("a", rotation, &[0; 2]), ["a"]);
        assert_eq!(names("a", rotation, &[0; 3]), ["a", "a1"]);
    }

    #[test]
    fn a_known_count_of_sizes_is_a_ring_in_columns() {
        let ring = |files| Rotation {
            octets: Some(100),
            files: Some(files),
            ..Rotation::default()
        };
        assert_eq!(names("a", ring(2), &[0; 4]), ["a0", "a1", "a0", "a1"]);
        assert_eq!(names("a", ring(10), &[0; 2]), ["a0", "a1"]);
        assert_eq!(names("a", ring(11), &[0; 2]), ["a00", "a01"]);
        assert_eq!(names("a", ring(1), &[0; 3]), ["a", "a", "a"]);
    }

    #[test]
    fn times_stand_in_the_name_and_may_come_to_an_end() {
        let rotation = Rotation {
            seconds: Some(10),
            files: Some(2),
            ..Rotation::default()
        };
        let seconds = [60, 65, 70, 79, 80, 90];
        assert_eq!(
            names("%H%M%S", rotation, &seconds),
            ["000100", "000110", "over"]
        );
        let endless = Rotation {
            files: None,
            ..rotation
        };
        // A turn lasts from its first frame on.
        let seconds = [60, 75, 84, 85];
        assert_eq!(
            names("%M:%S", endless, &seconds),
            ["01:00", "01:15", "01:25"]
        );
        assert_eq!(names("a", endless, &[0, 10, 20]), ["a", "a", "a"]);
    }

    #[test]
    fn times_and_sizes_are_numbered_within_a_turn() {
        let rotation = Rotation {
            octets: Some(100),
            seconds: Some(10),
            files: None,
        };
        let seconds = [0, 0, 1, 10, 11];
        let expected = ["00-", "00-1", "00-2", "10-", "10-1"];
        assert_eq!(names("%S-", rotation, &seconds), expected);
    }
}

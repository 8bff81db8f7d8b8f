//! What takes long beside a run is done in turns between frames: these wait for no more
//! than one turn.

use std::time::{Duration, Instant};

use tcptrace::capture::live::stop::Stop;
use tcptrace::error::Error;

use crate::cli::signals;

/// How long a turn takes at most: what comes meanwhile waits in the kernel's buffer, and
/// that must not be filled.
const AT_ONCE: Duration = Duration::from_micros(2500);
/// How long frames are taken until the next turn of what somebody waits for.
const BETWEEN: Duration = Duration::from_millis(10);
/// Connections between two looks at the clock.
pub const A_PART: u32 = 64;

/// Goes on with something until it is done or its turn is over; whether it is done.
pub fn take(mut go_on: impl FnMut() -> Result<bool, Error>) -> Result<bool, Error> {
    let begin = Instant::now();
    loop {
        if go_on()? {
            return Ok(true);
        }
        if begin.elapsed() >= AT_ONCE {
            return Ok(false);
        }
    }
}

/// Asks for another turn of something that somebody waits for.
pub fn ask_again(stop: &Stop) -> Result<(), Error> {
    signals::interrupt_after(BETWEEN, stop)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_turn_ends_when_all_is_done_or_its_time_is_over() {
        let mut left = 3;
        let is_done = take(|| {
            left -= 1;
            Ok(left == 0)
        });
        assert!(is_done.unwrap() && left == 0);
        let mut steps = 0;
        let is_done = take(|| {
            steps += 1;
            thread::sleep(AT_ONCE / 2);
            Ok(false)
        });
        assert!(!is_done.unwrap());
        assert!((1..=2).contains(&steps), "{steps}");
    }
}

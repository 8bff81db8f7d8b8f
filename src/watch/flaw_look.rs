//! What the capture itself has wrong, looked for by and by between two frames.

use std::time::{Duration, Instant};

use tcptrace::track::flaw_scan::FlawScan;
use tcptrace::track::flaws::Flaws;

use crate::cli::beside::RunUnderWay;

/// For how long connections are looked at, and how many between two looks at the clock.
const LONGEST: Duration = Duration::from_micros(500);
const AT_ONCE: u32 = 256;

/// A look at all connections, again and again.
#[derive(Debug, Default)]
pub struct FlawLook {
    scan: FlawScan,
    /// What was found when all had been looked at the last time.
    pub found: Flaws,
}

impl FlawLook {
    /// Looks at the first connection next.
    pub fn begin_again(&mut self) {
        self.scan = FlawScan::default();
    }

    /// Looks at connections for some time; whether all have been looked at.
    pub fn look(&mut self, run: &dyn RunUnderWay, now: Instant) -> bool {
        loop {
            if let Some(flaws) = run.look_for_flaws(&mut self.scan, AT_ONCE) {
                self.found = flaws;
                return true;
            }
            if now.elapsed() >= LONGEST {
                return false;
            }
        }
    }
}

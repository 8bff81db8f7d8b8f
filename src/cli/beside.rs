//! What goes on beside a run, in its thread: between two frames, when the run is
//! interrupted. Other threads and timers interrupt it; they never touch what it tracks.

use std::time::Duration;

use tcptrace::capture::Statistics;
use tcptrace::capture::live::stop::Stop;
use tcptrace::error::Error;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::Sink;
use tcptrace::sink::standing::Survey;
use tcptrace::socket::SocketWord;
use tcptrace::totals::Totals;
use tcptrace::track::Tracker;
use tcptrace::track::flaw_scan::FlawScan;
use tcptrace::track::flaws::Flaws;

use crate::cli::session::Run;
use crate::cli::signals;
use crate::cli::turn;

/// A run as it stands between two frames.
pub struct Present<'a> {
    /// The run itself.
    pub run: &'a mut dyn RunUnderWay,
    /// The kernel's counters of a live capture.
    pub statistics: Option<Statistics>,
}

/// What can be asked of a run between two frames, whatever it shows.
pub trait RunUnderWay {
    /// Its connections.
    fn tracker(&self) -> &Tracker;
    /// Its counts.
    fn totals(&self) -> Totals;
    /// What the capture did to the traffic, by and by: looks at `most` connections more,
    /// and says what was found once it has looked at all.
    fn look_for_flaws(&self, scan: &mut FlawScan, most: u32) -> Option<Flaws>;
    /// Shows it as it stands, with the next `most` of its connections.
    fn stand(&mut self, survey: &mut Survey, most: u32) -> Result<(), Error>;
    /// Tells what the kernel says of a socket, and shows it where it is news.
    fn tell(&mut self, word: &SocketWord) -> Result<(), Error>;
    /// Tells how many sockets the kernel was not asked about.
    fn miss_sockets(&mut self, count: u64);
}

/// Something that goes on beside a run.
pub trait Beside {
    /// How often it wants to be looked after, where it does not interrupt the run itself.
    fn period(&self) -> Option<Duration> {
        None
    }

    /// Does what is due. It is called whenever the run was interrupted, for whatever
    /// reason; what takes long keeps the capture waiting.
    fn attend(&mut self, present: &mut Present<'_>) -> Result<(), Error>;

    /// Takes away what it shows in place on the terminal, since something else is written
    /// there now; whether there was something.
    fn step_aside(&mut self) -> bool {
        false
    }

    /// Does what is still to be done, when all frames have been taken and before the
    /// connections are shown.
    fn finish(&mut self, present: &mut Present<'_>) -> Result<(), Error> {
        self.attend(present)
    }

    /// The run is over, and its connections are there still; it failed, where that is
    /// given. Whoever shows them returns when nobody looks any more; whether they are to
    /// be shown by the run itself, too.
    fn outlive(&mut self, _present: &mut Present<'_>, _failure: Option<&Error>) -> bool {
        true
    }
}

impl<K: Sink> RunUnderWay for Pipeline<K> {
    fn tracker(&self) -> &Tracker {
        self.tracker()
    }

    fn totals(&self) -> Totals {
        self.totals()
    }

    fn look_for_flaws(&self, scan: &mut FlawScan, most: u32) -> Option<Flaws> {
        self.look_for_flaws(scan, most)
    }

    fn stand(&mut self, survey: &mut Survey, most: u32) -> Result<(), Error> {
        self.stand(survey, most)
    }

    fn tell(&mut self, word: &SocketWord) -> Result<(), Error> {
        self.tell(word)
    }

    fn miss_sockets(&mut self, count: u64) {
        self.miss_sockets(count);
    }
}

/// Has the run interrupted as often as the most impatient asks for.
pub fn interrupt_for(beside: &[&mut dyn Beside], stop: &Stop) -> Result<(), Error> {
    let periods = beside.iter().filter_map(|one| one.period());
    periods
        .min()
        .map_or(Ok(()), |period| signals::interrupt_every(period, stop))
}

/// Lets all do what is due.
pub fn attend(beside: &mut [&mut dyn Beside], present: &mut Present<'_>) -> Result<(), Error> {
    beside.iter_mut().try_for_each(|one| one.attend(present))
}

/// Lets all do what is still to be done.
pub fn finish(beside: &mut [&mut dyn Beside], present: &mut Present<'_>) -> Result<(), Error> {
    beside.iter_mut().try_for_each(|one| one.finish(present))
}

impl Run<'_> {
    /// Lets what goes on beside the run do what is due.
    pub fn attend<K: Sink>(
        &mut self,
        pipeline: &mut Pipeline<K>,
        statistics: Option<Statistics>,
    ) -> Result<(), Error> {
        let has_answered = self.go_on_answering(pipeline)?;
        let has_served = match &mut self.served {
            Some(served) => served.attend(pipeline, statistics)?,
            None => true,
        };
        if !has_answered || !has_served {
            turn::ask_again(&self.stop)?;
        }
        let mut present = Present {
            run: pipeline,
            statistics,
        };
        attend(&mut self.beside, &mut present)
    }

    /// Goes on with the look for who asked with SIGUSR1; whether that is shown.
    fn go_on_answering<K: Sink>(&mut self, pipeline: &mut Pipeline<K>) -> Result<bool, Error> {
        let Some(survey) = &mut self.asked_for else {
            return Ok(true);
        };
        let is_done = turn::take(|| {
            pipeline.stand(survey, turn::A_PART)?;
            Ok(survey.is_done())
        })?;
        if is_done {
            self.asked_for = None;
        }
        Ok(is_done)
    }

    /// Lets it do what is still to be done before the connections are shown.
    pub fn finish<K: Sink>(
        &mut self,
        pipeline: &mut Pipeline<K>,
        statistics: Option<Statistics>,
    ) -> Result<(), Error> {
        // No frame waits any more.
        while !self.go_on_answering(pipeline)? {}
        let mut present = Present {
            run: pipeline,
            statistics,
        };
        finish(&mut self.beside, &mut present)
    }

    /// Lets what goes on beside the run outlive it; whether the connections are to be
    /// shown still.
    pub fn outlive<K: Sink>(
        &mut self,
        pipeline: &mut Pipeline<K>,
        statistics: Option<Statistics>,
        failure: Option<&Error>,
    ) -> bool {
        let mut present = Present {
            run: pipeline,
            statistics,
        };
        let mut shows = true;
        for one in &mut self.beside {
            // Each is asked.
            shows &= one.outlive(&mut present, failure);
        }
        shows
    }
}

/// Has the terminal left to what is written now; whether something was shown on it in place.
pub fn step_aside(beside: &mut [&mut dyn Beside]) -> bool {
    let mut was_there = false;
    for one in beside {
        was_there |= one.step_aside();
    }
    was_there
}

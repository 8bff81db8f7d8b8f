//! What is played, by whom and over what, each time in a namespace of its own.

use std::fmt::{self, Display};
use std::net::IpAddr;

use crate::ends::End;
use crate::network;
use crate::stage::{Played, Stage};

/// Something that ends do, and what is expected of the program then.
pub struct Scenario<E: 'static> {
    pub name: &'static str,
    pub expected: E,
    play: fn(&mut Stage, End),
    by: &'static [End],
    needs: Option<&'static str>,
    missed: Option<&'static str>,
}

/// Rows of a table: what is played, by which ends, what is expected; `needing` a
/// program, or `missed` for a reason.
macro_rules! scenarios {
    ($($play:path, $by:expr => $expected:expr $(, $how:ident $word:expr)*;)*) => {
        &[$(Scenario::new(stringify!($play), $play, $by, $expected)$(.$how($word))*),*]
    };
}
pub(crate) use scenarios;

impl<E: Copy> Scenario<E> {
    pub const fn new(
        name: &'static str,
        play: fn(&mut Stage, End),
        by: &'static [End],
        expected: E,
    ) -> Self {
        Self {
            name,
            expected,
            play,
            by,
            needs: None,
            missed: None,
        }
    }

    /// The same, left out where there is no such program.
    pub const fn needing(mut self, program: &'static str) -> Self {
        self.needs = Some(program);
        self
    }

    /// The same, of which the program is known to say something else, and why.
    #[expect(dead_code, reason = "no miss is known")]
    pub const fn missed(mut self, why: &'static str) -> Self {
        self.missed = Some(why);
        self
    }

    /// Whether the program that it needs is missing; then it is said.
    fn is_left_out(&self) -> bool {
        let missing = self.needs.filter(|program| !network::has(program));
        if let Some(program) = missing {
            eprintln!("skipped: {} needs {program}", self.name);
        }
        missing.is_some()
    }

    /// By each of its ends, over each of the addresses.
    fn ways(&'static self, addresses: &[IpAddr]) -> impl Iterator<Item = Way<E>> {
        let way = |by, address| Way {
            scenario: self,
            by,
            address,
        };
        let by = self.by.iter();
        by.flat_map(move |by| addresses.iter().map(move |address| way(*by, *address)))
    }
}

/// A scenario in one of its ways.
pub struct Way<E: 'static> {
    pub scenario: &'static Scenario<E>,
    pub by: End,
    address: IpAddr,
}

impl<E> Way<E> {
    fn play(&self) -> Played {
        let mut stage = Stage::set(self.address);
        (self.scenario.play)(&mut stage, self.by);
        stage.end()
    }
}

impl<E> Display for Way<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            scenario,
            by,
            address,
        } = self;
        let name = scenario.name.replace('_', " ");
        write!(f, "{name}, by the {by}, {address}")
    }
}

/// Plays all, or none, with a word, where that cannot be. Each is asked for what
/// is wrong with it; how many are right, and all the others.
///
/// # Panics
///
/// Where something is wrong, or right that was known to be missed.
pub fn hold_all<E: Copy + Sync>(
    what: &str,
    scenarios: &'static [Scenario<E>],
    complaint: impl Fn(&Way<E>, &Played) -> Option<String>,
) {
    let addresses = match network::addresses() {
        Ok(addresses) => addresses,
        Err(missing) => {
            eprintln!("skipped: needs {missing}");
            return;
        }
    };
    let scenarios = scenarios.iter().filter(|scenario| !scenario.is_left_out());
    let ways: Vec<_> = scenarios
        .flat_map(|scenario| scenario.ways(&addresses))
        .collect();
    let mut failed = Vec::new();
    let mut right = 0;
    for (way, played) in ways.iter().zip(network::play_all(&ways, Way::play)) {
        let wrong = match played {
            Ok(played) => complaint(way, &played).map(|why| format!("{why}\n{}", played.lines)),
            Err(panic) => Some(panic),
        };
        match (wrong, way.scenario.missed) {
            (None, None) => right += 1,
            (Some(_), Some(why)) => println!("missed: {way}: {why}"),
            (Some(wrong), None) => failed.push(format!("{way}: {wrong}")),
            (None, Some(_)) => failed.push(format!("{way}: is no longer missed")),
        }
    }
    println!("{what}: {right} of {}", ways.len());
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

//! How many connections have each diagnosis, and the first of them.

use crate::track::diagnosis::found::{Code, Description, Diagnosis};
use crate::track::flow_id::FlowId;

/// How many connections are named of each.
const MOST: usize = 8;

/// The connections that have each diagnosis.
#[derive(Debug, Clone, Default)]
pub struct Diagnosed {
    /// In the order of codes.
    found: Vec<DiagnosedAlike>,
}

/// The connections that have one.
#[derive(Debug, Clone)]
struct DiagnosedAlike {
    code: Code,
    count: u64,
    first: Vec<FlowId>,
}

impl Diagnosed {
    /// Takes one more connection, and what was found of it.
    pub fn take(&mut self, id: FlowId, found: &[Diagnosis]) {
        for (nth, diagnosis) in found.iter().enumerate() {
            let code = diagnosis.code;
            // Both its ends may show the same.
            if found[..nth].iter().all(|before| before.code != code) {
                self.alike(code).take(id);
            }
        }
    }

    fn alike(&mut self, code: Code) -> &mut DiagnosedAlike {
        let place = self
            .found
            .partition_point(|some| (some.code as usize) < code as usize);
        if self.found.get(place).is_none_or(|some| some.code != code) {
            let none = DiagnosedAlike {
                code,
                count: 0,
                first: Vec::new(),
            };
            self.found.insert(place, none);
        }
        &mut self.found[place]
    }

    /// Each that any connection has: how many have it, and the first of them, eight at
    /// most.
    pub fn each(&self) -> impl Iterator<Item = (&'static Description, u64, &[FlowId])> {
        let found = self.found.iter();
        found.map(|some| (some.code.about(), some.count, &some.first[..]))
    }
}

impl DiagnosedAlike {
    fn take(&mut self, id: FlowId) {
        self.count += 1;
        if self.first.len() < MOST {
            self.first.push(id);
        }
    }
}

//! A row as it is kept: a million of them take a third of the memory of as many [`WatchRow`]s.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};

use tcptrace::socket::{KernelState, Owner};
use tcptrace::time::Span;
use tcptrace::track::flow::StreamId;
use tcptrace::track::flow_id::FlowId;
use tcptrace::track::openness::Openness;
use tcptrace::track::state::State;
use tcptrace::track::time_spent::TimeCause;
use tcptrace::track::verdict::Verdict;

use crate::watch::meter::Meter;
use crate::watch::pace::{nanoseconds, timestamp};
use crate::watch::row::{RowEnd, WatchRow};

/// Stands for a time that is not known.
const NO_TIME: i64 = i64::MIN;
/// Stands for a number that is not known.
const NO_NUMBER: u32 = u32::MAX;

/// The owners of sockets, each kept once.
#[derive(Debug, Default)]
pub struct KnownOwners {
    all: Vec<Owner>,
    /// By number of process: a process seldom changes its name.
    places: HashMap<u32, u32>,
}

impl KnownOwners {
    fn place(&mut self, owner: &Owner) -> u32 {
        if let Some(&place) = self.places.get(&owner.pid)
            && self.get(place) == Some(owner)
        {
            return place;
        }
        let Ok(place) = u32::try_from(self.all.len()) else {
            return NO_NUMBER;
        };
        self.all.push(owner.clone());
        self.places.insert(owner.pid, place);
        place
    }

    fn get(&self, place: u32) -> Option<&Owner> {
        self.all.get(usize::try_from(place).ok()?)
    }
}

/// A row, packed, and the meter of its rates.
#[derive(Debug)]
pub struct Packed {
    id: FlowId,
    stream: StreamId,
    ends: [PackedEnd; 2],
    verdict: Verdict,
    openness: Option<Openness>,
    is_final: bool,
    limited_by: Option<(TimeCause, u16)>,
    waits_for: Option<TimeCause>,
    waits_since: i64,
    began: i64,
    last: i64,
    rtt: i64,
    first_byte: i64,
    meter: Meter,
}

/// One end, packed. Counts of segments and octets in flight end at 2^32.
#[derive(Debug)]
struct PackedEnd {
    ip: IpAddr,
    port: u16,
    state: State,
    kernel: Option<KernelState>,
    owner: u32,
    segments: u32,
    retransmitted: u32,
    in_flight: u32,
    window: u32,
    octets: u64,
}

impl Packed {
    /// Packs a row that begins.
    pub fn of(row: &WatchRow, owners: &mut KnownOwners) -> Self {
        let began = nanoseconds(row.began);
        let mut packed = Self::with(row, Meter::new(began), owners);
        packed.meter.take(packed.last, [0; 2], packed.octets());
        packed
    }

    /// Takes a later row of the same connection.
    pub fn take(&mut self, row: &WatchRow, owners: &mut KnownOwners) {
        let mut meter = self.meter;
        let octets = [row.client.octets, row.server.octets];
        meter.take(nanoseconds(row.last), self.octets(), octets);
        *self = Self::with(row, meter, owners);
    }

    fn with(row: &WatchRow, meter: Meter, owners: &mut KnownOwners) -> Self {
        let span = |span: Option<Span>| span.map_or(NO_TIME, |Span(nanoseconds)| nanoseconds);
        Self {
            id: row.id,
            stream: row.stream,
            ends: [&row.client, &row.server].map(|end| PackedEnd::of(end, owners)),
            verdict: row.verdict,
            openness: row.openness,
            is_final: row.is_final,
            limited_by: row.limited_by,
            waits_for: row.waiting.map(|(cause, _)| cause),
            waits_since: row.waiting.map_or(0, |(_, since)| nanoseconds(since)),
            began: nanoseconds(row.began),
            last: nanoseconds(row.last),
            rtt: span(row.rtt),
            first_byte: span(row.first_byte),
            meter,
        }
    }

    /// The row.
    pub fn row(&self, owners: &KnownOwners) -> WatchRow {
        let span = |nanoseconds: i64| (nanoseconds != NO_TIME).then_some(Span(nanoseconds));
        let [client, server] = &self.ends;
        WatchRow {
            id: self.id,
            stream: self.stream,
            client: client.end(owners),
            server: server.end(owners),
            verdict: self.verdict,
            openness: self.openness,
            is_final: self.is_final,
            began: timestamp(self.began),
            last: timestamp(self.last),
            rtt: span(self.rtt),
            first_byte: span(self.first_byte),
            limited_by: self.limited_by,
            waiting: self
                .waits_for
                .map(|cause| (cause, timestamp(self.waits_since))),
        }
    }

    /// Octets a second of both ends, over the last seconds.
    pub fn rates(&self, now: i64) -> [u64; 2] {
        self.meter.rates(now, self.last, self.octets())
    }

    fn octets(&self) -> [u64; 2] {
        let [client, server] = &self.ends;
        [client.octets, server.octets]
    }
}

impl PackedEnd {
    fn of(end: &RowEnd, owners: &mut KnownOwners) -> Self {
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let owner = end.owner.as_ref();
        Self {
            ip: end.addr.ip(),
            port: end.addr.port(),
            state: end.state,
            kernel: end.kernel,
            owner: owner.map_or(NO_NUMBER, |owner| owners.place(owner)),
            segments: count(end.segments),
            retransmitted: count(end.retransmitted),
            in_flight: count(end.in_flight),
            window: end.window.map_or(NO_NUMBER, count),
            octets: end.octets,
        }
    }

    fn end(&self, owners: &KnownOwners) -> RowEnd {
        RowEnd {
            addr: SocketAddr::new(self.ip, self.port),
            state: self.state,
            kernel: self.kernel,
            owner: owners.get(self.owner).cloned(),
            octets: self.octets,
            segments: self.segments.into(),
            retransmitted: self.retransmitted.into(),
            in_flight: self.in_flight.into(),
            window: (self.window != NO_NUMBER).then_some(self.window.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::trial;

    #[test]
    fn a_row_that_is_packed_comes_back_as_it_was() {
        let mut owners = KnownOwners::default();
        let mut rows = trial::rows("captures/backlog.pcap");
        let owner = Owner {
            pid: 7,
            name: "python3".into(),
            user: "root".into(),
            others: 0,
        };
        rows[0].client.owner = Some(owner.clone());
        rows[0].client.kernel = Some(KernelState::Established);
        // The number of a process is used again.
        let name = "curl".into();
        rows[1].client.owner = Some(Owner { name, ..owner });
        let packed: Vec<_> = rows
            .iter()
            .map(|row| Packed::of(row, &mut owners))
            .collect();
        for (row, packed) in rows.iter().zip(packed) {
            assert_eq!(format!("{:?}", packed.row(&owners)), format!("{row:?}"));
        }
        assert!(size_of::<Packed>() <= 256, "{}", size_of::<Packed>());
    }
}

//! The order of frames, with times that tests make up.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const MILLISECOND: i64 = 1_000_000;

/// A frame of an interface: when it was captured, and when it was handed over.
#[derive(Debug, Clone, Copy)]
struct Handed {
    captured: i64,
    at: i64,
}

/// Times between the frames of an interface, and how long each is held back.
fn interface() -> impl Strategy<Value = VecDeque<Handed>> {
    vec((0..30 * MILLISECOND, 0..100 * MILLISECOND), 0..40).prop_map(|frames| {
        let (mut captured, mut at) = (0, 0);
        let handed = frames.into_iter().map(|(after, held_back)| {
            captured += after;
            // In order.
            at = at.max(captured + held_back);
            Handed { captured, at }
        });
        handed.collect()
    })
}

/// Reads the interfaces, waits and reads again, as time goes on; what comes of it, and
/// how late each frame goes on.
fn merged(mut interfaces: Vec<VecDeque<Handed>>) -> (Vec<i64>, i64) {
    let (mut merge, mut held) = (Merge::of(interfaces.len()), Parked::default());
    let (mut now, mut waited) = (0, 0);
    let (mut times, mut latest) = (Vec::new(), 0);
    loop {
        while merge.next(&mut held) {
            let time = held.time.seconds() * 1_000 * MILLISECOND;
            let time = time + i64::from(held.time.nanosecond());
            times.push(time);
            latest = latest.max(now - time);
        }
        let mut has_read = false;
        for (lane, frames) in interfaces.iter_mut().enumerate() {
            let is_handed_over = |frame: &&Handed| frame.at <= now;
            while let Some(frame) = frames.front().filter(is_handed_over) {
                let time = Timestamp::new(0, frame.captured.unsigned_abs());
                merge.push(lane, time, 1, b"x");
                frames.pop_front();
                has_read = true;
            }
            merge.is_dry(lane);
        }
        if has_read {
            waited = 0;
            continue;
        }
        let next = interfaces
            .iter()
            .filter_map(|frames| Some(frames.front()?.at));
        match (next.min(), merge.has_waiting()) {
            (None, false) => return (times, latest),
            (Some(at), false) => now = at,
            (Some(at), true) if at <= now + 10 * MILLISECOND => now = at,
            (_, true) => {
                now += 10 * MILLISECOND;
                waited += 1;
                if waited >= 10 {
                    merge.settle();
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn frames_of_all_interfaces_go_on_in_the_order_of_their_times(
        interfaces in vec(interface(), 1..5),
    ) {
        let mut all: Vec<i64> =
            interfaces.iter().flatten().map(|frame| frame.captured).collect();
        all.sort_unstable();
        let (times, latest) = merged(interfaces);
        prop_assert_eq!(times, all);
        // Parked back by the kernel and here, and once more where a frame came in between.
        prop_assert!(latest <= 310 * MILLISECOND, "{latest} ns late");
    }
}

/// A frame at a millisecond.
fn push(merge: &mut Merge, lane: usize, millisecond: u64) {
    let time = Timestamp::new(0, millisecond * MILLISECOND.unsigned_abs());
    merge.push(lane, time, 1, b"x");
}

#[test]
fn a_frame_waits_for_the_other_interface_and_not_for_one_that_is_gone() {
    let (mut merge, mut held) = (Merge::of(2), Parked::default());
    push(&mut merge, 0, 5);
    merge.is_dry(1);
    assert!(!merge.next(&mut held));
    push(&mut merge, 1, 3);
    assert!(merge.next(&mut held));
    assert_eq!((held.lane, held.time), (1, Timestamp::new(0, 3_000_000)));
    assert!(!merge.next(&mut held));
    merge.close(1);
    assert!(merge.next(&mut held));
}

#[test]
fn a_busy_interface_does_not_wait_for_a_quiet_one_for_ever() {
    let (mut merge, mut held) = (Merge::of(2), Parked::default());
    push(&mut merge, 0, 5);
    push(&mut merge, 0, 104);
    merge.is_dry(1);
    assert!(
        !merge.next(&mut held),
        "what was captured at 4 ms may come yet"
    );
    push(&mut merge, 0, 105);
    merge.is_dry(1);
    assert!(merge.next(&mut held));
    assert!(!merge.next(&mut held));
}

#[test]
fn no_more_than_so_much_waits() {
    let (mut merge, mut held) = (Merge::of(2), Parked::default());
    let octets = vec![0; MOST / 4];
    for second in 0..4 {
        merge.push(0, Timestamp::new(second, 0), 1, &octets);
    }
    assert!(merge.is_full());
    assert!(merge.next(&mut held));
    assert!(!merge.is_full());
    assert!(!merge.next(&mut held));
}

#[test]
fn a_clock_that_was_set_back_holds_nothing_up() {
    let (mut merge, mut held) = (Merge::of(2), Parked::default());
    merge.push(0, Timestamp::new(5_000, 0), 1, b"x");
    merge.settle();
    assert!(merge.next(&mut held));
    push(&mut merge, 0, 10);
    merge.is_dry(1);
    assert!(!merge.next(&mut held), "another time is the latest now");
    push(&mut merge, 0, 110);
    merge.is_dry(1);
    assert!(merge.next(&mut held));
}

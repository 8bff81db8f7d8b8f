//! A queue before a source that tests make up.

use std::thread;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::frame::Frame;
use crate::time::Timestamp;

/// What the source has next.
#[derive(Debug, Clone, Copy)]
enum Step {
    Frame,
    /// Nothing, for so many microseconds.
    Quiet(u64),
}

/// Frames that have their place in the row as time and octets.
struct Scripted {
    steps: Vec<Step>,
    frames: u64,
    octets: Vec<u8>,
    numbers: FrameNumbers,
    fails: bool,
    stop: Stop,
}

impl Source for Scripted {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        match self.steps.pop() {
            Some(Step::Frame) => {
                self.frames += 1;
                let frames = usize::try_from(self.frames).unwrap();
                self.octets = vec![b'x'; frames % 300];
                Ok(Next::Frame(Frame {
                    time: Timestamp::new(0, self.frames),
                    bytes: &self.octets,
                    ..Frame::numbered(self.numbers.take())
                }))
            }
            Some(Step::Quiet(micros)) => {
                thread::sleep(Duration::from_micros(micros));
                Ok(Next::Quiet)
            }
            None if self.fails => Err(interfaces::lost("eth0", "gone")),
            None if self.stop.is_requested() => Ok(Next::End),
            // As a source that waits for frames until it is stopped.
            None => {
                self.stop.wait_for(Duration::from_millis(5)).unwrap();
                Ok(Next::Quiet)
            }
        }
    }

    fn numbers(&mut self) -> &mut FrameNumbers {
        &mut self.numbers
    }

    fn statistics(&mut self) -> Option<Statistics> {
        Some(Statistics {
            received: self.frames,
            ..Statistics::default()
        })
    }
}

fn queue(mut steps: Vec<Step>, fails: bool, stop: &Stop) -> Queue {
    steps.reverse();
    let open = |own: &Stop| -> Result<Box<dyn Source>, Error> {
        Ok(Box::new(Scripted {
            steps,
            frames: 0,
            octets: Vec::new(),
            numbers: FrameNumbers::default(),
            fails,
            stop: own.clone(),
        }))
    };
    Queue::before(stop, open).unwrap()
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => Just(Step::Frame),
        1 => (0..300_u64).prop_map(Step::Quiet),
    ];
    vec(step, 0..2000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn all_frames_come_in_order_however_both_sides_dawdle(
        steps in steps(),
        dawdles in vec(0..2000_u64, 20),
    ) {
        let all = steps.iter().filter(|step| matches!(step, Step::Frame)).count();
        let stop = Stop::new().unwrap();
        let mut queue = queue(steps, false, &stop);
        let (mut seen, mut turns) = (0_u64, dawdles.iter().cycle());
        loop {
            match queue.next_frame().unwrap() {
                Next::Frame(frame) => {
                    seen += 1;
                    prop_assert_eq!(frame.time, Timestamp::new(0, seen));
                    prop_assert_eq!(frame.number.get(), seen);
                    prop_assert_eq!(frame.bytes.len() as u64, seen % 300);
                    if seen % 100 == 0 {
                        thread::sleep(Duration::from_micros(*turns.next().unwrap()));
                    }
                }
                Next::Quiet if seen == all as u64 => stop.request(),
                Next::Quiet => {}
                Next::End => break,
            }
        }
        prop_assert_eq!(seen, all as u64);
        prop_assert_eq!(queue.statistics().unwrap().received, seen);
    }
}

#[test]
fn a_source_that_fails_is_told_behind_its_frames_and_once() {
    let stop = Stop::new().unwrap();
    let mut queue = queue(vec![Step::Frame; 3], true, &stop);
    let mut frames = 0;
    let failure = loop {
        match queue.next_frame() {
            Ok(Next::Frame(_)) => frames += 1,
            Ok(Next::Quiet) => {}
            Ok(Next::End) => panic!("it failed"),
            Err(failure) => break failure,
        }
    };
    assert_eq!(frames, 3);
    assert_eq!(failure.to_string(), "eth0: capture stopped: gone");
    assert!(matches!(queue.next_frame(), Ok(Next::End)));
}

#[test]
fn an_interruption_wakes_who_waits_and_not_the_source() {
    let stop = Stop::new().unwrap();
    let mut queue = queue(Vec::new(), false, &stop);
    assert!(matches!(queue.next_frame(), Ok(Next::Quiet)));
    stop.interrupt();
    assert!(matches!(queue.next_frame(), Ok(Next::Quiet)));
    assert!(stop.is_interrupted() && !queue.own_stop.is_interrupted());
}

#[test]
fn who_has_enough_ends_the_reader() {
    let stop = Stop::new().unwrap();
    let mut queue = queue(vec![Step::Frame; 5], false, &stop);
    while !matches!(queue.next_frame(), Ok(Next::Frame(_))) {}
    // It joins the thread, whose source would wait for ever.
    drop(queue);
}

#[test]
fn what_waits_has_a_bound() {
    let stop = Stop::new().unwrap();
    let backlog = Arc::new(Backlog::new(None).unwrap());
    let writer = Arc::clone(&backlog);
    let octets = vec![0; 1 << 20];
    let reader = thread::spawn(move || {
        let mut batch = Batch::default();
        let mut handed = 0;
        loop {
            batch.push(&Frame {
                bytes: &octets,
                ..Frame::numbered(FrameNumbers::default().take())
            });
            if !writer.hand_over(&mut batch, None) {
                return handed;
            }
            handed += 1;
        }
    });
    // Long enough for more, if it went on.
    while backlog.waiting() < backlog::MOST {
        stop.wait_for(Duration::from_millis(5)).unwrap();
    }
    stop.wait_for(Duration::from_millis(50)).unwrap();
    let waiting = backlog.waiting();
    backlog.abandon();
    let handed = reader.join().unwrap();
    assert!(waiting < backlog::MOST + (2 << 20), "{waiting}");
    assert_eq!(handed, 256);
}

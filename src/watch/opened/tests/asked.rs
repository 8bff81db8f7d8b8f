//! What the kernel says of the sockets, in the lines and beside the wire's figures.

use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::words::Lang;
use tcptrace::socket::{Holder, KernelFigures, KernelState, Owner, Socket, SocketPair, SocketWord};
use tcptrace::time::Span;
use tcptrace::track::flow_id::FlowId;

use super::{Recording, captures, drawn, first_of, type_letters};
use crate::watch::opened::Opened;

const SIZE: (u16, u16) = (100, 40);
/// So many frames of the conversation came before the kernel was asked.
const FRAMES: usize = 10;

fn socket(state: KernelState, pid: u32, name: &str) -> Socket {
    Socket {
        state,
        holder: Holder::Program,
        owner: Some(Owner {
            pid,
            name: name.into(),
            user: "ada".into(),
            others: 0,
        }),
        receive_queue: 0,
        send_queue: 2,
        figures: Some(KernelFigures {
            cwnd: 10,
            ssthresh: Some(7),
            rtt: Span(40_000),
            rtt_var: Span(20_000),
            rto: Span(200_000_000),
            retransmitted: 3,
            unacked: 1,
            busy: Span(2_000_000_000),
            window_limited: Span(500_000_000),
            buffer_limited: Span(0),
        }),
    }
}

/// A conversation of which the kernel has told, at the client alone.
pub fn asked() -> Opened {
    let recorded = first_of("chat.pcap");
    let options = recorded.options(Lang::En);
    let ends = SocketPair {
        local: options.client,
        remote: options.server,
    };
    let mut recording = Recording::default();
    let mut source = savefile::open(captures().join("chat.pcap"), Filter::default()).unwrap();
    let mut run = Pipeline::new(&mut recording, Some(FRAMES as u64));
    run.read(&mut *source, || false).unwrap();
    let at = recorded.frames[FRAMES - 1].time + Span(200_000_000);
    run.tell(&SocketWord {
        ends,
        at,
        socket: Some(socket(KernelState::CloseWait, 56_988, "py\x1bthon3")),
        listener: None,
    })
    .unwrap();
    let connection = run.tracker().connection(FlowId(0)).unwrap().into_owned();
    let mut opened = Opened::new(options);
    for frame in &recorded.frames[..FRAMES] {
        opened.take(frame);
    }
    opened.connection(Box::new(connection));
    opened.now(at + Span(1_500_000_000));
    opened.take(&recorded.frames[FRAMES]);
    opened
}

#[test]
fn the_kernels_figures_stand_beside_those_of_the_wire() {
    let mut opened = asked();
    type_letters(&mut opened, "k");
    let screen = drawn(&mut opened, SIZE);
    for said in [
        "client  56988 py?thon3 (ada)  asked 1.500 s ago",
        "  state                         CLOSE-WAIT            ESTABLISHED\n",
        "10 × 65495 = 654950",
        "500.000 ms (25 %)",
        "the kernel has not said anything of this end",
    ] {
        assert!(screen.contains(said), "{said}\n{screen}");
    }
}

#[test]
fn what_the_kernel_said_stands_among_the_lines_where_it_came() {
    let mut opened = asked();
    let told = |screen: &str| {
        let mut lines = screen.lines();
        let line = lines.position(|line| line.contains("kernel: client"));
        let next = lines.find(|line| !line.starts_with("  #"));
        (line.is_some(), next.map(|line| line[..5].trim().to_owned()))
    };
    let screen = drawn(&mut opened, SIZE);
    assert_eq!(told(&screen), (true, Some("11".to_owned())), "{screen}");
    // And again where the lines are told anew.
    type_letters(&mut opened, "ee");
    assert!(told(&drawn(&mut opened, (110, 40))).0);
}

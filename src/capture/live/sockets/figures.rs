//! What `TCP_INFO` tells, out of `struct tcp_info` (linux/tcp.h): a row of numbers that
//! grows at its end from kernel to kernel, in the order of the host's octets.

use netlink_packet_sock_diag::inet::nlas::Nla;

use crate::socket::KernelFigures;
use crate::time::Span;

/// Where slow start has no end: `TCP_INFINITE_SSTHRESH`.
const NO_SSTHRESH: u32 = 0x7fff_ffff;

// Where each stands.
const RTO: usize = 8;
const UNACKED: usize = 24;
const RTT: usize = 68;
const RTT_VAR: usize = 72;
const SSTHRESH: usize = 76;
const CWND: usize = 80;
const TOTAL_RETRANS: usize = 100;
const BUSY: usize = 168;
const WINDOW_LIMITED: usize = 176;
const BUFFER_LIMITED: usize = 184;

/// The figures of a socket, where its kernel keeps any.
pub(super) fn of(attributes: &[Nla]) -> Option<KernelFigures> {
    let info = attributes.iter().find_map(|attribute| match attribute {
        Nla::TcpInfo(info) => Some(info.as_slice()),
        _ => None,
    })?;
    let ssthresh = number(info, SSTHRESH)?;
    Some(KernelFigures {
        cwnd: number(info, CWND)?,
        ssthresh: (ssthresh < NO_SSTHRESH).then_some(ssthresh),
        rtt: micros(number(info, RTT)?.into()),
        rtt_var: micros(number(info, RTT_VAR)?.into()),
        rto: micros(number(info, RTO)?.into()),
        retransmitted: number(info, TOTAL_RETRANS)?,
        unacked: number(info, UNACKED)?,
        busy: time(info, BUSY),
        window_limited: time(info, WINDOW_LIMITED),
        buffer_limited: time(info, BUFFER_LIMITED),
    })
}

fn number(info: &[u8], at: usize) -> Option<u32> {
    let octets = info.get(at..)?.first_chunk()?;
    Some(u32::from_ne_bytes(*octets))
}

/// A time that older kernels do not tell.
fn time(info: &[u8], at: usize) -> Span {
    let octets = info.get(at..).and_then(<[u8]>::first_chunk);
    micros(octets.map_or(0, |octets| u64::from_ne_bytes(*octets)))
}

fn micros(time: u64) -> Span {
    let nanoseconds = time.saturating_mul(1_000);
    Span(i64::try_from(nanoseconds).unwrap_or(i64::MAX))
}

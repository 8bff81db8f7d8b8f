//! Which texts there are, and what each has to say.

use crate::sink::words::acceptance::AcceptanceTexts;
use crate::sink::words::capture::CaptureTexts;
use crate::sink::words::derivations::ExplainTexts;
use crate::sink::words::diagnosis::DiagnosisTexts;
use crate::sink::words::findings::FindingTexts;
use crate::sink::words::graph::GraphTexts;
use crate::sink::words::group::texts;
use crate::sink::words::header::HeaderTexts;
use crate::sink::words::ladder::LadderTexts;
use crate::sink::words::page::PageTexts;
use crate::sink::words::path::PathTexts;
use crate::sink::words::sockets::SocketTexts;
use crate::sink::words::standing::StandingTexts;
use crate::sink::words::summary::SummaryTexts;
use crate::sink::words::time_spent::TimeTexts;
use crate::sink::words::timing::TimingTexts;
use crate::sink::words::whys::WhyTexts;

/// All that is said in one language.
#[derive(Debug)]
pub struct Words {
    /// Ends, phases, counts.
    pub count: CountTexts,
    /// What a receiver does not take, and what really happened instead.
    pub acceptance: AcceptanceTexts,
    /// The line under the line.
    pub annotation: AnnotationTexts,
    /// What became of a connection.
    pub verdict: VerdictTexts,
    /// The block and the row of a connection.
    pub report: ReportTexts,
    /// The row of a server.
    pub server: ServerTexts,
    /// How the numbers of an annotation follow from earlier ones.
    pub explain: ExplainTexts,
    /// What was found about a segment.
    pub findings: FindingTexts,
    /// What shows what it really was.
    pub whys: WhyTexts,
    /// The fields of a TCP header.
    pub header: HeaderTexts,
    /// What the capture did to the traffic.
    pub capture: CaptureTexts,
    /// What ICMP errors say, and for what large segments are lost.
    pub path: PathTexts,
    /// Where the time went.
    pub time_spent: TimeTexts,
    /// What is wrong with a connection, or only looks wrong.
    pub diagnosis: DiagnosisTexts,
    /// Round trips, requests and answers, throughput, silence.
    pub timing: TimingTexts,
    /// What the kernel says of sockets.
    pub sockets: SocketTexts,
    /// A whole capture in short.
    pub summary: SummaryTexts,
    /// A run as it stands.
    pub standing: StandingTexts,
    /// Values over time.
    pub graph: GraphTexts,
    /// A sequence diagram.
    pub ladder: LadderTexts,
    /// The page.
    pub page: PageTexts,
}

#[cfg(test)]
impl Words {
    /// Every text and its name.
    pub(super) fn all(&self) -> Vec<(&'static str, &'static str)> {
        [
            self.count.texts(),
            self.acceptance.texts(),
            self.annotation.texts(),
            self.verdict.texts(),
            self.report.texts(),
            self.server.texts(),
            self.explain.texts(),
            self.findings.texts(),
            self.whys.texts(),
            self.header.texts(),
            self.capture.texts(),
            self.path.texts(),
            self.time_spent.texts(),
            self.diagnosis.texts(),
            self.timing.texts(),
            self.sockets.texts(),
            self.standing.texts(),
            self.summary.texts(),
            self.graph.texts(),
            self.ladder.texts(),
            self.page.texts(),
        ]
        .concat()
    }
}

texts! {
    /// Ends, phases, and what a run saw.
    CountTexts {
        /// The end that opened.
        client,
        /// The end that was opened to.
        server,
        /// Between two things of a list.
        comma,
        /// Between two numbers of a list.
        list,
        /// A state of which nothing is known, in a sentence.
        unknown_state,
        /// Between a subject and what is said of it.
        colon,
        /// Between two findings.
        semicolon,
        /// [`Phase::Handshake`](crate::phase::Phase), and so on.
        handshake,
        data,
        ack,
        keep_alive,
        window_probe,
        teardown,
        reset,
        nonsense,
        /// [`Skip::UnknownLink`](crate::skip::Skip), and so on.
        unknown_link,
        not_ip,
        not_tcp,
        cut_below_tcp,
        bad_header,
        first_fragment,
        later_fragment,
        cut_tcp,
        bad_offset,
        bad_record,
        /// {0} segments.
        segments,
        /// The same where there was a filter.
        segments_passed,
        /// {0} connections.
        connections,
        /// None of {0} connections failed, waited for something longer than {1},
        /// or either.
        none_failed,
        none_slow,
        none_in_trouble,
        /// Of {0} connections none is the one that was asked for, or of that server and kind.
        none_such,
        /// {0} frames without a segment.
        other_frames,
        /// One kind of what was counted: {0} of {1}.
        counted,
        /// What a guess goes by, [`GuessedBy`](crate::track::roles::GuessedBy).
        known_server,
        several_peers,
        ports,
        first_segment,
        yes,
        no,
    }
}

texts! {
    /// The line under the line.
    AnnotationTexts {
        /// {0} bytes of data.
        data,
        /// {0} bytes newly acknowledged.
        ack_of,
        /// An acknowledgment of something that is no data.
        ack,
        /// An acknowledgment of nothing new: while nothing is missing, and while
        /// something is (RFC 5681 §2).
        ack_again,
        duplicate_ack,
        window_update,
        keep_alive,
        keep_alive_ack,
        window_probe,
        window_probe_ack,
        refused,
        reset,
        /// {0}: the letters of the control bits.
        nonsense,
        /// Behind a step: {0} bytes of data with it.
        plus_data,
        /// Behind an acknowledgment: it answers frame {0} after {1}.
        frame_after,
        /// How long the handshake took, {0}.
        handshake_took,
        /// {0}: what the guess goes by.
        client_guessed,
        /// {0} bytes before the segment did not come before it; the same, of what
        /// was acknowledged.
        missing,
        uncaptured,
        /// {0} bytes of it were sent before.
        partly_again,
        asks_for_cookie,
        with_cookie,
        fast_open_accepted,
        /// {0}:{1} arrived twice, a D-SACK says.
        arrived_twice,
        /// The window is now {0} bytes.
        window_now,
        /// The window is {0} bytes, after it was closed for {1}.
        window_open_again,
        /// Of a frame that is no segment: {0}, why.
        not_followed,
        /// What somebody wrote on the frame.
        comment,
    }
}

texts! {
    /// What became of a connection, first in a word or two, then in sentences.
    VerdictTexts {
        no_answer,
        refused,
        unreachable,
        half_open,
        open,
        stalled,
        vanished,
        half_closed,
        closing,
        closed,
        closed_at_once,
        reset,
        midstream,
        after_end,
        /// No answer to the one SYN.
        no_answer_to_syn,
        /// No answer to {0} SYN.
        no_answer_to_syns,
        /// What was sent before was sent again after {0}, a list of times.
        again_after,
        /// Refused after {0}.
        refused_after,
        /// An ICMP error from {0} came {1} after the SYN and says {2}.
        unreachable_says,
        /// [`Reason::NetUnreachable`](crate::icmp_error::Reason), and so on.
        net_unreachable,
        host_unreachable,
        protocol_unreachable,
        port_unreachable,
        prohibited,
        time_exceeded,
        otherwise_unreachable,
        /// The window of {0} is closed since frame {1}.
        stalled_since,
        /// {0} did not answer {2} repetitions of {1}; last heard in frame {3}.
        vanished_after,
        /// Behind closed or reset.
        without_data,
        /// [`ResetCause`](crate::track::reset_cause::ResetCause), behind reset.
        strange_number,
        strange_ttl,
        keep_alive_failed,
        gave_up,
        data_after_close,
        unknown_connection,
        data_in_flight,
        unread_data,
        /// Before the verdict, among annotations.
        settled,
        /// The same while it may still change.
        settled_so_far,
        /// Behind the verdict: {0}, the frame that shows it, or the frames.
        evidence,
        evidence_frames,
        /// The SYN-ACK was sent once and never acknowledged.
        half_open_once,
        /// The SYN-ACK was sent {0} times and never acknowledged.
        half_open_times,
        /// In the middle of its opening, of its life, of its closing.
        still_opening,
        still_open,
        still_closing,
        /// Where nothing but what {0} sent was captured.
        one_direction,
        closed_by,
        not_closed_by,
        /// {0} closed, {1} did not.
        half_closed_by,
        last_fin_unacknowledged,
        in_order,
        /// {0}: who closed first.
        in_order_by,
        /// {0} closed first.
        closed_first,
        /// {0} closed first and holds TIME-WAIT.
        closed_first_and_holds,
        both_closed,
        both_hold,
        first_holds,
        second_holds,
        /// {0} sent a RST.
        reset_by,
        /// {0} sent a RST after {1}.
        reset_by_after,
        /// Behind that: after the FIN of {0}.
        after_fin_of,
        before_handshake_was_complete,
        began_before,
        began_before_still_open,
        /// More of a connection that had left since it was over.
        more_after_end,
        /// Nothing but what {0} sent was captured.
        only_direction,
        syn_unanswered,
        /// If the SYN-ACK arrived, the client is in {0}.
        syn_ack_unacknowledged,
        /// {0} bytes that {1} sent were never acknowledged.
        data_unacknowledged,
        /// The FIN of {0} was not acknowledged: if it arrived, {1} is in {2}.
        fin_unacknowledged,
    }
}

texts! {
    /// The block and the row of a connection.
    ReportTexts {
        /// Behind client and server; {0} is what the guess goes by.
        client_guessed,
        /// Under the table, whose mark is `?`.
        client_guessed_mark,
        /// Before the date.
        began,
        /// Behind the date: it lasted {0} and had {1}, segments.
        lasted,
        /// Its addresses and ports were those of connection {0}.
        ports_used_before,
        /// How long the handshake took, {0}.
        handshake_in,
        handshake_incomplete,
        /// One direction of it, as nothing else was captured.
        handshake_one_way,
        opened_at_once,
        /// SYN-ACK after {0}, ACK after another {1}.
        both_legs,
        /// SYN-ACK after {0}.
        server_leg,
        /// ACK after {0}.
        client_leg,
        /// SYN-ACK after {0}, ACK {1} after the SYN-ACK of frame {2}.
        answered_leg,
        /// The ACK echoes the timestamp of the SYN-ACK of frame {0}, which it
        /// answers; which another segment may have made the client repeat.
        answers,
        echoes_first,
        /// Nobody knows which {0}, a kind of segment sent again, was answered.
        ambiguous,
        /// [`Position`](crate::track::position::Position).
        captured_at_client,
        captured_at_server,
        captured_in_middle,
        captured_everywhere,
        /// Before what is odd.
        odd,
        /// [`Oddity`](crate::track::oddity::Oddity): {0} is an option, an end.
        unasked,
        mss_outside_syn,
        large_scale,
        data_in_syn,
        plain_number,
        /// {0}, a kind of segment, was sent {1} times.
        sent_times,
        no_data,
        /// What happened to {0} segments of {1}: sent again after a timeout,
        /// because the other end asked, to hear whether the last arrived, though
        /// they had arrived, nothing shows why.
        timeouts,
        fast,
        tail_probes,
        spurious,
        repeated,
        /// Overtaken, copied, missing before the next.
        overtaken,
        copied,
        conflicting,
        gaps,
        /// Segments of {1} with window 0, and those that filled the other end's.
        closed_windows,
        filled_windows,
        keep_alives,
        window_probes,
        /// The window of {0} was closed once, for {1}.
        stalled_once,
        /// It was {1} times, {2} in all, {3} the longest.
        stalled_times,
        urgent,
        /// {0} bytes of {1} after the FIN of {2}.
        after_fin,
        /// Windows of the connection cannot be told: not both SYNs were captured.
        scale_unknown,
        /// How long the teardown took, {0}.
        teardown_in,
        teardown_incomplete,
        teardown_one_way,
        /// The state of the client, {0}, and of the server, {1}.
        left_in,
        /// The same where what they came to after that was not captured.
        left_in_at_least,
        /// How long an end stays in TIME-WAIT (RFC 9293 §3.4.2).
        time_wait_lasts,
        /// What was caused and never proved: {0}.
        not_proved,
        /// Headings of the data table.
        data,
        bytes,
        repeated_bytes,
        segments,
        with_data,
        /// Headings of the steps.
        step,
        frame,
        time,
        seq_raw,
        ack_raw,
        client_state,
        server_state,
        both_states,
        /// Headings of the options, and their names where they are not RFC's.
        option,
        in_force,
        window_scale,
        timestamps,
        asks_for_cookie,
        cookie,
        /// {0} bytes in the SYN were accepted.
        accepted,
        /// The other ends of Fast Open.
        cookie_not_given,
        cookie_given,
        data_ignored,
        cookie_unused,
        /// What ECN comes to.
        ecn_accurate,
        multipath_capable,
        multipath_join,
        /// Headings of the table of connections.
        start,
        duration,
        handshake,
        bytes_to_server,
        bytes_to_client,
        /// Segments sent again, in few columns.
        again,
        verdict,
    }
}

texts! {
    /// The row of a server.
    ServerTexts {
        /// Headings.
        tried,
        opened,
        shortest,
        median,
        longest,
        /// The most SYNs in a second.
        most_syns,
        /// The most connections that waited at a time.
        most_waiting,
        syns_over_time,
        waiting_over_time,
        /// {0} is flooded: {1} unfinished connections from {2} addresses, at
        /// most {3} SYNs in a second, {4} opened.
        flooded,
        /// {0} connections went to servers that are not in the table.
        left_out,
    }
}

//! What is said of where a connection's time went.

use crate::sink::words::group::texts;
use crate::track::time_spent::TimeCause;

texts! {
    /// Where the time went.
    TimeTexts {
        /// The causes, as what took the time.
        handshake,
        client_application,
        server_application,
        client_window,
        server_window,
        client_send_buffer,
        server_send_buffer,
        loss,
        delayed_ack,
        path,
        closing,
        unknown,
        /// The same in a sentence.
        by_handshake,
        by_client_application,
        by_server_application,
        by_client_window,
        by_server_window,
        by_client_send_buffer,
        by_server_send_buffer,
        by_loss,
        by_delayed_ack,
        by_path,
        by_closing,
        by_unknown,
        /// The headings of the table: causes, their time, its share, how many waits.
        heading,
        time,
        share,
        waits,
        /// Of the table of single waits: when one began, and the frames between which it was.
        longest_waits,
        began,
        frames,
        /// Where the time went is not told: it is too short, or its segments do not show it.
        not_told,
        /// What took most: {0} took {1} of {2}, {3} percent.
        limited_by,
        /// Behind it: in {0} waits, of which the longest was {1}.
        in_waits,
        /// In one wait.
        in_one_wait,
        /// Behind it: from frame {0} to frame {1}.
        from_to,
        /// Behind it: what took most besides, {0}, which took {1}.
        then,
        /// Behind an annotation: {0} was waited for {1}.
        waited,
        /// In a list of what took long: {0} took {1}, until frame {2}.
        long,
        /// A column of the table of connections.
        column,
    }
}

impl TimeTexts {
    /// A cause, as what took the time.
    #[must_use]
    pub const fn cause(&self, cause: TimeCause) -> &'static str {
        match cause {
            TimeCause::Handshake => self.handshake,
            TimeCause::ClientApplication => self.client_application,
            TimeCause::ServerApplication => self.server_application,
            TimeCause::ClientWindow => self.client_window,
            TimeCause::ServerWindow => self.server_window,
            TimeCause::ClientSendBuffer => self.client_send_buffer,
            TimeCause::ServerSendBuffer => self.server_send_buffer,
            TimeCause::Loss => self.loss,
            TimeCause::DelayedAck => self.delayed_ack,
            TimeCause::Path => self.path,
            TimeCause::Closing => self.closing,
            TimeCause::Unknown => self.unknown,
        }
    }

    /// The same in a sentence.
    #[must_use]
    pub const fn by(&self, cause: TimeCause) -> &'static str {
        match cause {
            TimeCause::Handshake => self.by_handshake,
            TimeCause::ClientApplication => self.by_client_application,
            TimeCause::ServerApplication => self.by_server_application,
            TimeCause::ClientWindow => self.by_client_window,
            TimeCause::ServerWindow => self.by_server_window,
            TimeCause::ClientSendBuffer => self.by_client_send_buffer,
            TimeCause::ServerSendBuffer => self.by_server_send_buffer,
            TimeCause::Loss => self.by_loss,
            TimeCause::DelayedAck => self.by_delayed_ack,
            TimeCause::Path => self.by_path,
            TimeCause::Closing => self.by_closing,
            TimeCause::Unknown => self.by_unknown,
        }
    }
}

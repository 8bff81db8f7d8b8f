//! IPv4's identifications, where an end counts them up for each connection: what was
//! lost before the capture has left some out.

/// By how many a count may go up at once.
const STEP: u16 = 1024;

/// Identifications of one end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Identifications {
    latest: u16,
    /// Whether the count went up by one, and by little since.
    is_count: bool,
    /// How many were left out since something new was seen.
    left_out: u16,
}

impl Identifications {
    /// Takes the identification of the next segment.
    #[inline]
    pub(super) fn take(&mut self, number: u16) {
        let step = number.wrapping_sub(self.latest);
        if step == 1 {
            self.is_count = true;
        } else if self.is_count && (2..=STEP).contains(&step) {
            self.left_out = self.left_out.saturating_add(step - 1);
        } else if step == 0 || (STEP..=u16::MAX - STEP).contains(&step) || !self.is_count {
            // No count gives two segments the same number.
            *self = Self::default();
        } else {
            // Late, so not lost.
            self.left_out = self.left_out.saturating_sub(1);
            return;
        }
        self.latest = number;
    }

    /// Something new was seen: what was left out before tells nothing of the next.
    pub(super) const fn begin_again(&mut self) {
        self.left_out = 0;
    }

    /// Whether something was lost before the capture; `None` where that is not told.
    pub(super) fn tell_loss(self) -> Option<bool> {
        self.is_count.then_some(self.left_out > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(numbers: &[u16]) -> Option<bool> {
        let mut identifications = Identifications::default();
        for number in numbers {
            identifications.take(*number);
        }
        identifications.tell_loss()
    }

    #[test]
    fn a_number_that_is_left_out_tells_a_loss() {
        assert_eq!(told(&[7, 8, 9]), Some(false));
        assert_eq!(told(&[7, 8, 10]), Some(true));
        assert_eq!(told(&[7, 8, 10, 9]), Some(false));
    }

    #[test]
    fn numbers_that_are_no_count_tell_nothing() {
        assert_eq!(told(&[7, 7, 7]), None);
        assert_eq!(told(&[7, 9000, 300]), None);
        // They go up by the octets that were sent.
        assert_eq!(told(&[7, 8, 8, 360, 360]), None);
    }
}

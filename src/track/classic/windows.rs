//! The windows that an end offered.

/// The windows of an end's segments with SYN or ACK, in octets: scaled, where
/// both ends offered a scale, and not in a SYN.
#[derive(Debug, Clone, Copy, Default)]
pub struct Windows {
    /// The largest.
    pub max: u32,
    /// The smallest that is not 0.
    pub min: u32,
    /// Segments with ACK and a window of 0.
    pub zero: u32,
    latest: u32,
    sum: u64,
    /// Segments since scaling began, the first scaled one counted as it came.
    scaled: u32,
    /// Whether scaling has begun, so that unscaled windows are left out.
    pub(super) is_scaled: bool,
}

impl Windows {
    /// The window of the latest segment that was no RST.
    pub(super) const fn latest(&self) -> u32 {
        self.latest
    }

    /// Counts a segment, whatever window it has.
    pub(super) fn count(&mut self) {
        self.scaled += u32::from(self.is_scaled);
    }

    /// Takes the window of a segment that is no RST. `is_offer` with SYN or
    /// ACK; `begins_scaling` where the window is scaled.
    pub(super) fn take(&mut self, window: u32, is_offer: bool, is_scaled: bool) {
        self.latest = window;
        if !is_offer {
            return;
        }
        self.max = self.max.max(window);
        if window > 0 && is_scaled && !self.is_scaled {
            *self = Self {
                max: window,
                min: window,
                zero: self.zero,
                latest: window,
                sum: 0,
                scaled: 1,
                is_scaled: true,
            };
        } else if window > 0 && (self.min == 0 || window < self.min) {
            self.min = window;
        }
        self.sum += u64::from(window);
    }

    /// Counts and takes the window of a usual segment: it is not 0, and scaling
    /// does not begin with it.
    #[inline]
    pub(super) fn go_on(&mut self, window: u32) {
        self.count();
        self.latest = window;
        self.max = self.max.max(window);
        if self.min == 0 || window < self.min {
            self.min = window;
        }
        self.sum += u64::from(window);
    }

    /// The mean over `packets` segments, or over those since scaling began.
    pub(super) fn average(&self, packets: u32, is_scaled: bool) -> u32 {
        let count = if is_scaled { self.scaled } else { packets };
        u32::try_from(self.sum.checked_div(u64::from(count)).unwrap_or(0)).unwrap_or(u32::MAX)
    }
}

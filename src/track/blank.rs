//! What stands for octets of data that were seen: nobody looks at them once they
//! were shown, only at how many there are.

/// The most that can be stood for.
pub(super) const MOST: usize = 1 << 16;

static BLANK: [u8; MOST] = [0; MOST];

/// As many octets as were captured, up to [`MOST`].
pub(super) fn octets(captured: usize) -> &'static [u8] {
    &BLANK[..captured.min(MOST)]
}

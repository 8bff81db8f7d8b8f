//! Sequence numbers against a model that never wraps.

use proptest::prelude::*;
use tcptrace::seq::SeqNum;

/// Places on an endless line whose sequence numbers are near a wrap, or not.
fn place() -> impl Strategy<Value = u64> {
    let wraps = (1..4_u64, -100..100_i64);
    let near_a_wrap = wraps.prop_map(|(nth, near)| (nth << 32).wrapping_add_signed(near));
    let near_the_sign = (1..8_u64, -100..100_i64);
    let near_the_sign = near_the_sign.prop_map(|(nth, near)| (nth << 31).wrapping_add_signed(near));
    prop_oneof![near_a_wrap, near_the_sign, (1_u64 << 32)..(1 << 34)]
}

/// The sequence number of a place.
fn number(place: u64) -> SeqNum {
    SeqNum(u32::try_from(place & 0xffff_ffff).unwrap())
}

proptest! {
    #[test]
    fn a_sum_is_the_number_of_the_place_so_far_on(place in place(), octets in any::<u32>()) {
        prop_assert_eq!(number(place) + octets, number(place + u64::from(octets)));
    }

    #[test]
    fn a_difference_is_the_way_between_two_places(place in place(), way in any::<i32>()) {
        let other = place.wrapping_add_signed(i64::from(way));
        prop_assert_eq!(number(other) - number(place), way);
    }

    #[test]
    fn the_later_of_two_places_has_the_later_number(place in place(), way in 1..i32::MAX) {
        let later = number(place.wrapping_add_signed(i64::from(way)));
        prop_assert!(later - number(place) > 0);
        prop_assert!(number(place) - later < 0);
    }

    #[test]
    fn a_relative_number_counts_from_its_base(place in place(), way in any::<u32>()) {
        let other = number(place + u64::from(way));
        prop_assert_eq!(other.relative_to(number(place)), way);
    }

    #[test]
    fn the_previous_number_is_one_before(place in place()) {
        prop_assert_eq!(number(place).previous(), number(place - 1));
        prop_assert_eq!(number(place).previous() + 1, number(place));
    }
}

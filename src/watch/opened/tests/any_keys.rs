//! No key brings a panic, at any size.

use proptest::prelude::*;
use tcptrace::sink::words::Lang;

use super::{drawn, first_of};
use crate::watch::any_event::any_event;

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_keys_at_any_size_bring_a_panic(
        recording in proptest::sample::select(vec!["lost.pcap", "chat.pcap", "refused.pcap"]),
        is_chinese in any::<bool>(),
        steps in proptest::collection::vec((any_event("ldsgtrkhe/nNyqp?"), 1_u16..90, 1_u16..40), 1..12),
    ) {
        let lang = if is_chinese { Lang::Zh } else { Lang::En };
        let recorded = first_of(recording);
        let mut opened = recorded.opened(lang);
        opened.missing(u64::from(is_chinese));
        for (event, width, height) in steps {
            opened.press(&event);
            drawn(&mut opened, (width, height));
        }
    }
}

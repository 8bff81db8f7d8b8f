//! How a group of texts is declared.

/// Declares a group of texts, and how to go through them for the tests.
macro_rules! texts {
    ($(#[$about:meta])* $group:ident { $($(#[$doc:meta])* $name:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug)]
        #[expect(missing_docs, reason = "many a name says it all")]
        pub struct $group {
            $($(#[$doc])* pub $name: &'static str,)*
        }

        #[cfg(test)]
        impl $group {
            pub(super) fn texts(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name)),*]
            }
        }
    };
}

pub(super) use texts;

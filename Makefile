# Two commands: `make demo` shows what this is, `make test` proves it. Each does
# its own set-up. Needed beforehand: a Rust toolchain, of the version that
# Cargo.toml says or later.

LESSON ?=

# Where `make install` puts the program. DESTDIR is for who makes packages.
PREFIX ?= /usr/local
DESTDIR ?=
# Where Wireshark looks for programs that capture for it; it says so itself.
EXTCAPDIR ?= $(shell pkg-config --variable=extcapdir wireshark 2>/dev/null || \
	tshark -G folders 2>/dev/null | sed -n 's/^\(Global \)\{0,1\}Extcap path:[[:space:]]*//p' | head -n 1)

.PHONY: demo test library build install uninstall lint bench libpcap peers clean

demo: build
	@target/release/tcptrace demo $(LESSON)

test: library libpcap
	cargo test --locked

# The library alone: no command line, and nothing that needs libpcap.
OUTSIDE_THE_LIBRARY = ^(clap|pcap|pnet|ratatui|signal-hook) 

library:
	cargo build --locked --no-default-features --lib
	@tree=$$(cargo tree --locked --no-default-features --edges normal --prefix none) && \
	if echo "$$tree" | grep -E '$(OUTSIDE_THE_LIBRARY)'; then \
		echo "not for the library alone: say in Cargo.toml which feature needs it"; exit 1; \
	fi
	cargo build --locked --no-default-features --examples
	cargo test --locked --no-default-features --test library

build: libpcap
	@cargo build --release --locked

# What `make build` made: root needs no toolchain. The script in Wireshark's folder runs
# the program as Wireshark asks for it.
install:
	@test -x target/release/tcptrace || { echo "there is nothing to install: first make build"; exit 1; }
	install -D -m 755 target/release/tcptrace "$(DESTDIR)$(PREFIX)/bin/tcptrace"
	@if [ -n "$(EXTCAPDIR)" ]; then \
		mkdir -p "$(DESTDIR)$(EXTCAPDIR)" && \
		printf '#!/bin/sh\nexec "%s/bin/tcptrace" extcap "$$@"\n' "$(PREFIX)" >"$(DESTDIR)$(EXTCAPDIR)/tcptrace-extcap" && \
		chmod 755 "$(DESTDIR)$(EXTCAPDIR)/tcptrace-extcap" && \
		echo "for Wireshark: $(DESTDIR)$(EXTCAPDIR)/tcptrace-extcap"; \
	else \
		echo "Wireshark was not found; to capture in it, say where it looks: make install EXTCAPDIR=..."; \
	fi

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/tcptrace"
	@if [ -n "$(EXTCAPDIR)" ]; then rm -f "$(DESTDIR)$(EXTCAPDIR)/tcptrace-extcap"; fi

# Formatting, clippy and rustdoc, warnings as errors; and what deny.toml says of
# dependencies.
lint: libpcap
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --all-targets --no-default-features -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items
	@if cargo deny --version >/dev/null 2>&1; then \
		cargo deny --locked check; \
	else \
		echo "dependencies not checked: to have that, cargo install --locked cargo-deny"; \
	fi

bench: build
	cargo bench --locked

# The library is all that is needed, not its development package: build.rs
# finds it.
libpcap:
	@ldconfig -p 2>/dev/null | grep -q 'libpcap\.so' || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends libpcap0.8; \
	else \
		echo "libpcap is missing: sudo apt-get install libpcap0.8"; exit 1; \
	fi

# The programs that tests compare with, and the browser that opens the page. Of captures/
# what they say is recorded in tests/evidence; what is tested beyond that is skipped without
# them.
peers:
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tcpdump tshark tcptrace chromium

clean:
	cargo clean

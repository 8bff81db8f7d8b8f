#!/usr/bin/env bash
#
# Re-makes the recordings in captures/ from scratch: starts both programs of a conversation and
# records it with tcpdump or dumpcap. Run as root on Debian, with Rust 1.85 or newer.
#
#     examples/record.sh              all of them
#     examples/record.sh hello users  only these
#
# What docs/questions.md shows of a recording that is made again has to be copied again.
#
# Everything happens in network namespaces of the script's own: no other traffic gets into a
# recording, no port is taken or still in TIME-WAIT, and the machine's settings stay as they are.

set -euo pipefail

examples=$(dirname "$(realpath "$0")")
captures=$(dirname "$examples")/captures

# Each recording and its segments. A recording in which the kernel merged two of them, or in
# which the last ones are missing, is of no use. tcpdump makes .pcap, dumpcap .pcapng.
declare -A segments=(
    [hello.pcap]=9
    [echo.pcap]=10
    [greeting.pcapng]=16
    [users.pcapng]=20
    [chat.pcap]=16
    [refused.pcap]=2
    [reset.pcap]=6
    [half-close.pcapng]=15
    [ipv6.pcap]=9
    [fast-open.pcap]=17
    [any.pcapng]=10
    [stalled.pcap]=18
    [simultaneous-close.pcap]=13
    [lost.pcap]=14
    [nagle.pcap]=22
    [keep-alive.pcap]=14
    [backlog.pcap]=37
    [scale-lost.pcap]=20
    [closed-early.pcap]=11
    [old-connection.pcap]=16
    [old-request.pcap]=14
    [small-window.pcap]=136
    [small-buffer.pcap]=58
    [disordered.pcap]=49
    [mirrored.pcap]=16
    [offload.pcap]=16
    [black-hole.pcap]=23
    [idle.pcap]=9
    [late-answer.pcap]=13
    [forged-reset.pcap]=7
    [shifted.pcap]=32
    [two-clocks.pcap]=32
    [above-mss.pcap]=16
    [reneged.pcap]=32
    [ecn-dropped.pcap]=27
    [fast-open-dropped.pcap]=24
    [ports-held.pcap]=28
    [proxied.pcap]=10
    [clamped.pcap]=16
    [unstamped.pcap]=16
    [cookies.pcap]=24
)

# How many it takes to send much depends on moments, and so does whether the ACK of a FIN travels
# with the other end's: here another number will do.
uncounted=" old-connection old-request mirrored two-clocks small-window small-buffer disordered offload black-hole shifted above-mss \
    reneged ports-held proxied clamped unstamped cookies "

# Nothing here takes longer; a program that hangs is ended.
time_limit=20

# Seconds between two typed lines.
pause=1

# Where the programs run and the recorder listens; see across_router.
interface=lo client_side=() server_side=()

fail() {
    echo "$*" >&2
    exit 1
}

install_what_is_missing() {
    local missing=() pair
    for pair in tcpdump:tcpdump dumpcap:wireshark-common ncat:ncat nc.openbsd:netcat-openbsd \
                go:golang-go python3:python3 ip:iproute2 tc:iproute2 nft:nftables \
                sysctl:procps; do
        command -v "${pair%:*}" >/dev/null || missing+=("${pair#*:}")
    done
    if ((${#missing[@]})); then
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
    fi
    command -v rustc >/dev/null || fail "rustc is missing: install Rust first"
}

build_programs() {
    local program
    for program in hello_server echo_client; do
        rustc --edition 2024 -O -o "$build/$program" "$examples/$program.rs"
    done
    for program in server client; do
        (cd "$examples/greeting" && go build -o "$build/greeting_$program" "./$program")
    done
}

# wait_until WHAT COMMAND...: tries the command ten times a second.
wait_until() {
    local what=$1 tries
    shift
    for ((tries = 0; tries < time_limit * 10; tries++)); do
        if "$@"; then return; fi
        sleep 0.1
    done
    fail "Gave up waiting for $what"
}

# Asks the kernel who listens: a connection attempt would end up in the recording.
listens_on() { [[ $("${server_side[@]}" ss -Hltn "sport = :$1") ]]; }

# serve PORT COMMAND...: starts the server and waits until it listens.
serve() {
    local port=$1
    shift
    # Without <&0 the shell would give a background program an empty standard input.
    "${server_side[@]}" timeout "$time_limit" "$@" <&0 >/dev/null &
    server=$!
    wait_until "the server on port $port" listens_on "$port"
}

stop_server() {
    kill "$server" 2>/dev/null || true
    wait "$server" || true
}

run_client() { "${client_side[@]}" timeout "$time_limit" "$@"; }

# start_recording PORT [OPTION...]: records this port, at full length (that is what 0 means)
# unless an option says otherwise.
start_recording() {
    local file=$captures/$recording filter="tcp port $1" log=$build/recorder.log command
    shift
    case $recording in
        # -Z root: as the user tcpdump it may not write here. --immediate-mode: what is still in
        # its buffer when it is stopped would be lost.
        *.pcap) command=(tcpdump -Z root --immediate-mode -U -i "$interface" -s 0 "$@"
                         -w "$file" "$filter") ;;
        *.pcapng) command=(dumpcap -q -i "$interface" -s 0 "$@" -w "$file" -f "$filter") ;;
    esac
    : >"$log"
    # Not run_client: as a function in the background it would be a shell around the recorder,
    # and ending the shell would leave the recorder running.
    "${client_side[@]}" timeout "$time_limit" "${command[@]}" 2>"$log" &
    recorder=$!
    # What tcpdump, or dumpcap, says once it captures.
    wait_until "${command[0]} to capture" grep -qE 'listening on|File:' "$log"
    sleep 0.2
}

# As start_recording, which records at the client, but at the server.
start_recording_at_server() {
    local client_side=("${server_side[@]}")
    start_recording "$@"
}

# Or at the end of the mirror port; see mirror_segments.
start_recording_at_monitor() {
    local client_side=(ip netns exec "$middle") interface=monitor
    start_recording "$@"
}

# The namespaces are this script's own, so every connection in them belongs to the recording.
# An end in TIME-WAIT has nothing more to say.
all_is_said() {
    local connected=(ss -Htn state connected exclude time-wait)
    [[ -z $("${client_side[@]}" "${connected[@]}"; "${server_side[@]}" "${connected[@]}") ]]
}

stop_recording() {
    wait_until "the connections to close" all_is_said
    # The last segments are still on their way from the kernel to the file.
    sleep 1
    kill "$recorder"
    wait "$recorder" || true
    # dumpcap makes files that only root may read.
    chmod 644 "$captures/$recording"
}

count_segments() {
    local expected=${segments[$recording]} found
    found=$(tcpdump -nn -r "$captures/$recording" 2>/dev/null | wc -l)
    [[ $uncounted == *" ${recording%.*} "* ]] || ((found == expected)) ||
        fail "$recording has $found segments instead of $expected: record it again"
}

# say LINE...: types the lines, each after a pause.
say() {
    local line
    for line; do
        sleep "$pause"
        echo "$line"
    done
}

play_hello() { greet_netcat 127.0.0.1 127.0.0.1:4444 --nano; }
play_ipv6() { greet_netcat ::1 '[::1]:4444'; }

# greet_netcat HOST ADDRESS [RECORDER-OPTION...]
greet_netcat() {
    serve 4444 "$build/hello_server" "$2"
    start_recording 4444 "${@:3}"
    # The user watches "hello" arrive and ends netcat two seconds after starting it. The standard
    # input stays open: without it, netcat closes as soon as the server has.
    sleep 3 | { timeout --signal=INT 2 nc.openbsd "$1" 4444 || true; }
    echo
    stop_recording
    stop_server
}

play_echo() { echo_hello; }
play_any() { interface=any echo_hello -y LINUX_SLL2; }

# echo_hello [RECORDER-OPTION...]
echo_hello() {
    serve 8888 ncat -l -k 8888 -e /bin/cat
    start_recording 8888 "$@"
    run_client "$build/echo_client"
    stop_recording
    stop_server
}

play_greeting() {
    serve 8080 "$build/greeting_server"
    start_recording 8080
    say 'hello' 'how are you?' 'goodbye' q | run_client "$build/greeting_client"
    stop_recording
    stop_server
}

play_users() {
    serve 5200 python3 "$examples/users_server.py"
    start_recording 5200
    run_client python3 "$examples/users_client.py"
    # The client's end is in TIME-WAIT now: this run fails before it sends anything.
    if run_client python3 "$examples/users_client.py"; then
        fail "The second run of users_client.py was expected to fail"
    fi
    stop_recording
    stop_server
}

play_chat() {
    local answers=$build/answers
    mkfifo "$answers"
    # Opened for reading and writing, or the shell would wait here for a writer.
    serve 8000 python3 "$examples/chat.py" wait <>"$answers"
    start_recording 8000
    # Both type every two seconds, the second person a second after the first.
    { sleep 1; pause=2 say 'Yes, I hear you.' 'See you.'; } >"$answers" &
    pause=2 say 'Can you hear me?' 'Good. I have to go.' q |
        run_client python3 "$examples/chat.py" call
    stop_recording
    stop_server
}

play_refused() {
    start_recording 4445
    if run_client nc.openbsd -v 127.0.0.1 4445; then
        fail "Something listens on port 4445"
    fi
    stop_recording
}

play_reset() {
    serve 4446 python3 "$examples/reset.py" server
    start_recording 4446
    run_client python3 "$examples/reset.py" client
    stop_recording
    stop_server
}

play_half_close() {
    serve 4447 python3 "$examples/half_close.py" server
    start_recording 4447
    run_client python3 "$examples/half_close.py" client
    stop_recording
    stop_server
}

play_fast_open() {
    # A setting of this namespace alone.
    sysctl -q net.ipv4.tcp_fastopen=3
    serve 4449 python3 "$examples/fast_open.py" server
    start_recording 4449
    run_client python3 "$examples/fast_open.py" client
    stop_recording
    stop_server
}

play_stalled() {
    serve 7707 python3 "$examples/stalled.py" server
    # Without the data, which is only ballast.
    start_recording 7707 -s 96
    run_client python3 "$examples/stalled.py" client
    stop_recording
    stop_server
}

play_nagle() {
    serve 4451 python3 "$examples/nagle.py" server
    start_recording 4451
    run_client python3 "$examples/nagle.py" client
    stop_recording
    stop_server
}

play_keep_alive() {
    serve 4452 python3 "$examples/keep_alive.py" server
    start_recording 4452
    run_client python3 "$examples/keep_alive.py" client
    stop_recording
    stop_server
}

play_closed_early() {
    serve 4454 python3 "$examples/closed_early.py" server
    start_recording 4454
    run_client python3 "$examples/closed_early.py" client
    stop_recording
    stop_server
}

left=tcptrace-left other=tcptrace-other middle=tcptrace-middle right=tcptrace-right
left_address=10.0.1.2 other_address=10.0.3.2 right_address=10.0.2.2

# Two machines and a router between them, each a namespace:
# left 10.0.1.2 -- 10.0.1.1 middle 10.0.2.1 -- 10.0.2.2 right
# and another client: other 10.0.3.2 -- 10.0.3.1 middle
lay_out_router() {
    local namespace
    for namespace in "$left" "$other" "$middle" "$right"; do
        ip netns add "$namespace"
        # Its neighbour discovery would only use up the slow router's rate.
        ip netns exec "$namespace" sysctl -q net.ipv6.conf.all.disable_ipv6=1
    done
    ip netns exec "$middle" sysctl -q net.ipv4.ip_forward=1
    connect_to_router "$left" to-left "$left_address" 10.0.1.1
    connect_to_router "$other" to-other "$other_address" 10.0.3.1
    connect_to_router "$right" to-right "$right_address" 10.0.2.1
}

connect_to_router() {
    local namespace=$1 port=$2 address=$3 router_address=$4
    ip link add "$port" netns "$middle" type veth peer name eth0 netns "$namespace"
    ip -n "$middle" address add "$router_address/24" dev "$port"
    ip -n "$middle" link set "$port" up
    ip -n "$namespace" address add "$address/24" dev eth0
    ip -n "$namespace" link set eth0 up
    ip -n "$namespace" route add default via "$router_address"
}

remove_router() {
    local namespace
    for namespace in "$left" "$other" "$middle" "$right"; do
        ip netns delete "$namespace" 2>/dev/null || true
    done
}

# across_router CONVERSATION: the client and the recorder on the left, the server on the right.
across_router() {
    local interface=eth0
    local client_side=(ip netns exec "$left") server_side=(ip netns exec "$right")
    lay_out_router
    "$1"
    remove_router
}

play_simultaneous_close() { across_router close_simultaneously; }
play_lost() { across_router lose_segments; }
play_backlog() { across_router fill_backlog; }
play_scale_lost() { across_router lose_scale; }

close_simultaneously() {
    local port
    # A thousand bytes a second, with credit for one segment: each end's "bye" passes at once,
    # the FIN behind it waits in the router until the other end's FIN has left too.
    for port in to-left to-right; do
        tc -n "$middle" qdisc add dev "$port" root tbf rate 8kbit burst 100 limit 10kb
    done
    serve 4450 python3 "$examples/simultaneous_close.py" server "$right_address"
    start_recording 4450
    run_client python3 "$examples/simultaneous_close.py" client "$right_address"
    stop_recording
    stop_server
}

lose_segments() {
    # The router loses the first SYN and the second segment with data, then nothing more.
    ip netns exec "$middle" nft -f - <<'RULES'
        table ip loss {
            chain forward {
                type filter hook forward priority filter
                tcp dport 4448 tcp flags & syn == syn numgen inc mod 1000 == 0 drop
                tcp dport 4448 tcp flags & psh == psh numgen inc mod 1000 == 1 drop
            }
        }
RULES
    serve 4448 ncat -l 4448 --sh-exec 'cat >/dev/null'
    start_recording 4448
    # The first line waits for the second SYN, sent after a second. "two" gets lost; Nagle's
    # algorithm holds "three" back until the loss probe sends it, and then SACK shows the gap.
    { sleep 2; pause=0.02 say one two three; sleep 1; } |
        run_client ncat --send-only "$right_address" 4448
    stop_recording
    stop_server
}

lose_scale() {
    ip netns exec "$middle" nft -f - <<'RULES'
        table ip scale {
            chain forward {
                type filter hook forward priority filter
                tcp sport 4454 tcp flags & (syn | ack) == (syn | ack) reset tcp option window
            }
        }
RULES
    serve 4454 ncat -l 4454 --sh-exec 'cat >/dev/null'
    start_recording 4454
    # The first line brings a window without scale, the second has to do with it.
    { say one; sleep 0.2; printf '%399s\n' two; sleep 1; } |
        run_client ncat --send-only "$right_address" 4454
    stop_recording
    stop_server
}

fill_backlog() {
    # 9 ms for a SYN on the way to the server: the second of two stands before the ACK that
    # answers the SYN-ACK of the first.
    tc -n "$middle" qdisc add dev to-right root tbf rate 64kbit burst 100 limit 10kb
    serve 4453 python3 "$examples/backlog.py" server "$right_address"
    # There it shows that the segments arrive which it ignores.
    start_recording_at_server 4453
    run_client python3 "$examples/backlog.py" client "$right_address"
    stop_recording
    stop_server
}

play_old_connection() { across_router forget_connection; }
play_old_request() { across_router call_twice; }
play_small_window() { across_router fill_small_window; }
play_small_buffer() { across_router fill_small_buffer; }
play_disordered() { across_router disorder_segments; }
play_mirrored() { across_router mirror_segments; }
play_offload() { across_router send_large_segments; }
play_black_hole() { across_router swallow_large_segments; }
play_idle() { across_router be_silent; }
play_late_answer() { across_router answer_late; }
play_forged_reset() { across_router forge_reset; }
play_shifted() { across_router shift_numbers; }
play_two_clocks() { across_router translate_addresses; }
play_above_mss() { across_router raise_mss; }
play_reneged() { across_router take_back; }
play_ecn_dropped() { across_router drop_ecn; }
play_fast_open_dropped() { across_router drop_fast_open; }
play_ports_held() { across_router hold_ports; }
play_proxied() { across_router answer_for_server; }
play_clamped() { across_router clamp_mss; }
play_unstamped() { across_router take_timestamps; }
play_cookies() { across_router bake_cookies; }

# take_detour SECONDS [HARM...]: what passes the router takes that time, and meets that harm.
take_detour() {
    local port setting
    ip netns exec "$middle" python3 "$examples/detour.py" "$@" &
    detour=$!
    wait_until "the detour" ip -n "$middle" link set detour up 2>/dev/null
    for setting in all detour; do
        ip netns exec "$middle" sysctl -q "net.ipv4.conf.$setting.rp_filter=0"
    done
    ip -n "$middle" route add default dev detour table 100
    for port in to-left to-right; do
        ip -n "$middle" rule add iif "$port" lookup 100
    done
}

leave_detour() {
    kill "$detour"
    wait "$detour" || true
}

# A card of its own for each segment: the kernel would hand it several as one.
send_each_by_itself() {
    ip -n "$left" link set eth0 gso_max_segs 1
    ip -n "$right" link set eth0 gso_max_segs 1
}

# firewall RULES: the router passes on what the rules of its chain "forward" let through.
firewall() {
    ip netns exec "$middle" nft "add table ip firewall
        add chain ip firewall forward { type filter hook forward priority filter; }
        $1"
}

forget_connection() {
    local client file=$build/client
    serve 4458 python3 "$examples/same_port.py" server 4458
    start_recording 4458
    "${client_side[@]}" timeout "$time_limit" \
        python3 "$examples/same_port.py" crash 4458 "$file" &
    client=$!
    wait_until "the client to connect" test -s "$file"
    # As a machine that loses its power: it forgets the connection and says nothing.
    ip netns exec "$left" nft 'add table ip power
        add chain ip power output { type filter hook output priority filter; policy drop; }'
    kill -KILL "$(cat "$file")"
    wait "$client" 2>/dev/null || true
    ip netns exec "$left" nft delete table ip power
    sleep 1
    run_client python3 "$examples/same_port.py" client 4458
    stop_recording
    stop_server
}

call_twice() {
    # The answer to the first SYN comes after the client has called again.
    take_detour 0.15
    serve 4459 python3 "$examples/same_port.py" server 4459
    start_recording 4459
    run_client python3 "$examples/same_port.py" impatient 4459
    stop_recording
    stop_server
    leave_detour
}

fill_small_window() {
    send_each_by_itself
    take_detour 0.05
    serve 4460 python3 "$examples/upload.py" server 4460 15800
    start_recording 4460 -s 96
    run_client python3 "$examples/upload.py" client 4460 120000
    stop_recording
    stop_server
    leave_detour
}

fill_small_buffer() {
    send_each_by_itself
    take_detour 0.02
    serve 4461 python3 "$examples/upload.py" server 4461
    start_recording 4461 -s 96
    run_client python3 "$examples/upload.py" client 4461 40000 4000
    stop_recording
    stop_server
    leave_detour
}

disorder_segments() {
    send_each_by_itself
    take_detour 0.02 late 5 0.002 lose 16
    serve 4462 python3 "$examples/upload.py" server 4462
    start_recording_at_server 4462 -s 96
    run_client python3 "$examples/upload.py" client 4462 30000
    stop_recording
    stop_server
    leave_detour
}

# The router becomes a switch, with both machines at its ports.
become_switch() {
    local port
    ip -n "$middle" link add switch type bridge
    ip -n "$middle" link set switch up
    for port in to-left to-right; do
        ip -n "$middle" address flush dev "$port"
        ip -n "$middle" link set "$port" master switch
    done
    ip -n "$left" address add "$left_address/16" dev eth0
    ip -n "$right" address add "$right_address/16" dev eth0
}

# A mirror port gets what comes in by the others and what goes out by them.
mirror_ports() {
    ip -n "$middle" link add mirror type veth peer name monitor
    ip -n "$middle" link set mirror up
    ip -n "$middle" link set monitor up
    ip netns exec "$middle" nft 'add table netdev mirror
        add chain netdev mirror in { type filter hook ingress devices = { to-left, to-right } priority 0; }
        add rule netdev mirror in ip protocol tcp dup to mirror
        add chain netdev mirror out { type filter hook egress devices = { to-left, to-right } priority 0; }
        add rule netdev mirror out ip protocol tcp dup to mirror'
}

mirror_segments() {
    become_switch
    mirror_ports
    serve 4463 python3 "$examples/visits.py" server 4463
    start_recording_at_monitor 4463
    run_client python3 "$examples/visits.py" client 4463
    stop_recording
    stop_server
}

send_large_segments() {
    serve 4464 python3 "$examples/upload.py" server 4464
    start_recording 4464 -s 96
    run_client python3 "$examples/upload.py" client 4464 60000
    stop_recording
    stop_server
}

swallow_large_segments() {
    # A tunnel behind the router takes 1400 bytes, and nobody hears that it takes no more.
    send_each_by_itself
    ip -n "$middle" link set to-right mtu 1400
    ip netns exec "$middle" nft 'add table ip silence
        add chain ip silence output { type filter hook output priority filter; }
        add rule ip silence output ip protocol icmp drop'
    # Found out by the client itself, as it does after some timeouts.
    ip netns exec "$left" sysctl -q net.ipv4.tcp_mtu_probing=1
    serve 4465 python3 "$examples/upload.py" server 4465
    start_recording 4465 -s 96
    run_client python3 "$examples/upload.py" client 4465 4000
    stop_recording
    stop_server
}

be_silent() {
    local time_limit=100
    # What it does not know it answers as if the server had.
    ip netns exec "$middle" sysctl -q net.netfilter.nf_conntrack_tcp_loose=0
    firewall 'add rule ip firewall forward ct state new,established accept
        add rule ip firewall forward reject with tcp reset'
    ip netns exec "$middle" sysctl -q net.netfilter.nf_conntrack_tcp_timeout_established=30
    serve 4455 python3 "$examples/idle.py" server
    start_recording 4455
    run_client python3 "$examples/idle.py" client
    stop_recording
    stop_server
}

answer_late() {
    local setting
    firewall 'add rule ip firewall forward ct state new,established accept
        add rule ip firewall forward drop'
    for setting in loose=0 timeout_fin_wait=1 timeout_close_wait=1; do
        ip netns exec "$middle" sysctl -q "net.netfilter.nf_conntrack_tcp_$setting"
    done
    serve 4456 python3 "$examples/late_answer.py" server
    start_recording_at_server 4456
    run_client python3 "$examples/late_answer.py" client
    stop_recording
    stop_server
}

forge_reset() {
    # The word FREE at the beginning of the data: the router answers in the server's name.
    firewall 'add rule ip firewall forward tcp dport 4457 @ih,0,32 0x46524545 reject with tcp reset'
    serve 4457 python3 "$examples/forbidden.py" server
    start_recording 4457
    run_client python3 "$examples/forbidden.py" client
    stop_recording
    stop_server
}

shift_numbers() {
    send_each_by_itself
    take_detour 0.005 shift 123456789 lose 4
    serve 4466 python3 "$examples/upload.py" server 4466
    start_recording 4466 -s 96
    run_client python3 "$examples/upload.py" client 4466 16000
    stop_recording
    stop_server
    leave_detour
}

# The timestamp of a SYN that the client sends.
clock_of_client() {
    ip netns exec "$middle" timeout "$time_limit" \
        tcpdump -nn -c 1 -i to-left 'tcp[tcpflags] == tcp-syn' 2>/dev/null >"$build/syn" &
    local watcher=$!
    sleep 0.5
    "${client_side[@]}" nc.openbsd -z "$right_address" 9 || true
    wait "$watcher"
    sed -n 's/.*TS val \([0-9]*\).*/\1/p' "$build/syn"
}

# Two clients whose clocks differ by five minutes, as those of two machines do: the kernel
# gives namespaces the same, and by default connections one at random.
set_clocks() {
    local namespace
    for namespace in "$left" "$other"; do
        ip netns exec "$namespace" sysctl -q net.ipv4.tcp_timestamps=2
    done
    ip netns exec "$other" python3 "$examples/detour.py" 0 behind 300000 &
    detour=$!
    wait_until "the detour" ip -n "$other" link set detour up 2>/dev/null
    ip netns exec "$other" sysctl -q net.ipv4.ip_forward=1 net.ipv4.conf.detour.accept_local=1 \
        net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.detour.rp_filter=0
    ip -n "$other" route add default via 10.0.3.1 table 100
    ip -n "$other" rule add iif detour lookup 100
    ip -n "$other" route replace default dev detour src "$other_address"
}

translate_addresses() {
    ip netns exec "$middle" nft 'add table ip nat
        add chain ip nat postrouting { type nat hook postrouting priority srcnat; }
        add rule ip nat postrouting masquerade'
    set_clocks
    # The server takes no SYN whose clock is behind that of another from the same address, as
    # Linux did until 4.12 with net.ipv4.tcp_tw_recycle. No kernel does any more: a filter does.
    local now
    now=$(clock_of_client)
    ip netns exec "$right" nft "add table ip clocks
        add chain ip clocks input { type filter hook input priority filter; }
        add rule ip clocks input tcp dport 4467 tcp flags syn tcp option timestamp tsval < $now drop"
    serve 4467 python3 "$examples/visits.py" server 4467
    start_recording_at_server 4467
    run_client python3 "$examples/visits.py" client 4467
    run_client python3 "$examples/visits.py" client 4467
    ip netns exec "$other" python3 "$examples/visits.py" client 4467 2
    run_client python3 "$examples/visits.py" client 4467
    stop_recording
    stop_server
    leave_detour
}

raise_mss() {
    send_each_by_itself
    # The server asks for 1000 octets, and the client hears of more.
    ip -n "$right" route change default via 10.0.2.1 advmss 1000
    take_detour 0.005 mss 1460
    serve 4468 python3 "$examples/upload.py" server 4468
    start_recording_at_server 4468 -s 96
    run_client python3 "$examples/upload.py" client 4468 6000
    stop_recording
    stop_server
    leave_detour
}

take_back() {
    send_each_by_itself
    # No Linux server throws away what it has told by SACK, but where memory runs out.
    take_detour 0.005 lose 4 renege 6
    serve 4469 python3 "$examples/upload.py" server 4469
    start_recording 4469 -s 96
    run_client python3 "$examples/upload.py" client 4469 16000
    stop_recording
    stop_server
    leave_detour
}

# visit_often PORT WORD...: as many visits as it takes to tell chance from a rule.
visit_often() {
    local times
    serve "$1" python3 "$examples/visits.py" server "$1"
    start_recording "$1"
    for times in 1 2 3; do
        run_client python3 "$examples/visits.py" "${@:2}" "$1"
    done
    stop_recording
    stop_server
}

drop_ecn() {
    ip netns exec "$left" sysctl -q net.ipv4.tcp_ecn=1
    firewall 'add rule ip firewall forward tcp flags & (syn | ecn | cwr) == syn | ecn | cwr drop'
    visit_often 4470 client
}

drop_fast_open() {
    ip netns exec "$left" sysctl -q net.ipv4.tcp_fastopen=1
    firewall 'add rule ip firewall forward tcp flags & (syn | ack) == syn tcp option fastopen exists drop'
    visit_often 4471 eager
}

hold_ports() {
    local client
    # For a few seconds it takes no SYN from ports whose connection was closed.
    firewall 'add set ip firewall held { type ipv4_addr . inet_service; flags dynamic, timeout; timeout 3500ms; }
        add rule ip firewall forward tcp flags & (syn | ack) == syn ip saddr . tcp sport @held drop
        add rule ip firewall forward tcp flags & fin == fin update @held { ip saddr . tcp sport }'
    serve 4472 python3 "$examples/visits.py" server 4472
    start_recording 4472
    run_client python3 "$examples/same_port.py" client 4472
    "${client_side[@]}" timeout "$time_limit" python3 "$examples/same_port.py" client 4472 &
    client=$!
    sleep 0.5
    run_client python3 "$examples/visits.py" client 4472
    wait "$client"
    stop_recording
    stop_server
}

answer_for_server() {
    # A server that begins with another TTL than the router that answers its SYNs.
    ip netns exec "$right" sysctl -q net.ipv4.ip_default_ttl=128
    ip netns exec "$middle" sysctl -q net.netfilter.nf_conntrack_tcp_loose=0
    firewall 'add chain ip firewall prerouting { type filter hook prerouting priority raw; }
        add rule ip firewall prerouting tcp dport 4473 tcp flags syn notrack
        add rule ip firewall forward tcp dport 4473 ct state invalid,untracked synproxy mss 1460 wscale 10 timestamp sack-perm
        add rule ip firewall forward ct state invalid drop'
    serve 4473 python3 "$examples/visits.py" server 4473
    start_recording 4473
    run_client python3 "$examples/visits.py" client 4473
    stop_recording
    stop_server
}

clamp_mss() {
    # As in front of a tunnel.
    firewall 'add rule ip firewall forward tcp flags & (syn | rst) == syn tcp option maxseg size set 1360'
    serve 4474 python3 "$examples/visits.py" server 4474
    mirror_ports
    start_recording_at_monitor 4474
    run_client python3 "$examples/visits.py" client 4474
    stop_recording
    stop_server
}

take_timestamps() {
    send_each_by_itself
    firewall 'add rule ip firewall forward tcp dport 4475 tcp flags & syn == 0 reset tcp option timestamp'
    serve 4475 python3 "$examples/upload.py" server 4475
    start_recording_at_server 4475 -s 96
    run_client python3 "$examples/upload.py" client 4475 6000
    stop_recording
    stop_server
}

bake_cookies() {
    # Always, as Linux does else when too many have asked.
    ip netns exec "$right" sysctl -q net.ipv4.tcp_syncookies=2
    serve 4476 python3 "$examples/visits.py" server 4476
    start_recording_at_server 4476
    for _ in 1 2 3; do
        run_client python3 "$examples/visits.py" client 4476
    done
    stop_recording
    stop_server
}

versions() {
    rustc --version
    go version
    python3 --version
    ncat --version 2>&1
    nc.openbsd -h 2>&1 | head -1
    tcpdump --version 2>&1 | head -2
    dumpcap --version | head -1
    echo "Linux $(uname -r)"
}

clean_up() {
    # shellcheck disable=SC2046  # one process per word
    kill $(jobs -p) 2>/dev/null || true
    remove_router
    rm -rf "$build"
}

((EUID == 0)) || fail "Run as root: recording and namespaces need it"
if [[ -z ${IN_OWN_NETWORK:-} ]]; then
    install_what_is_missing
    IN_OWN_NETWORK=1 exec unshare --net "$0" "$@"
fi

wanted=("$@")
(($#)) || wanted=(hello echo greeting users chat refused reset half-close ipv6 fast-open any
                  stalled simultaneous-close lost nagle keep-alive backlog scale-lost closed-early
                  old-connection old-request small-window small-buffer disordered mirrored offload black-hole
                  idle late-answer forged-reset shifted two-clocks above-mss reneged ecn-dropped
                  fast-open-dropped ports-held proxied clamped unstamped cookies)

build=$(mktemp -d)
trap clean_up EXIT
mkdir -p "$captures"
ip link set lo up
build_programs

for name in "${wanted[@]}"; do
    recording=$name.pcap
    [[ ${segments[$recording]:-} ]] || recording=$name.pcapng
    [[ ${segments[$recording]:-} ]] || fail "There is no recording named $name"
    echo "== $recording"
    "play_${name//-/_}"
    count_segments
done
versions

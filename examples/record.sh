#!/usr/bin/env bash
#
# Re-makes the recordings in captures/ from scratch: starts both programs of a conversation and
# records it with tcpdump or dumpcap. Run as root on Debian, with Rust 1.85 or newer.
#
#     examples/record.sh              all of them
#     examples/record.sh hello users  only these
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
)

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
    ((found == expected)) ||
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

left=tcptrace-left middle=tcptrace-middle right=tcptrace-right
left_address=10.0.1.2 right_address=10.0.2.2

# Two machines and a router between them, each a namespace:
# left 10.0.1.2 -- 10.0.1.1 middle 10.0.2.1 -- 10.0.2.2 right
lay_out_router() {
    local namespace
    for namespace in "$left" "$middle" "$right"; do
        ip netns add "$namespace"
        # Its neighbour discovery would only use up the slow router's rate.
        ip netns exec "$namespace" sysctl -q net.ipv6.conf.all.disable_ipv6=1
    done
    ip netns exec "$middle" sysctl -q net.ipv4.ip_forward=1
    connect_to_router "$left" to-left "$left_address" 10.0.1.1
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
    for namespace in "$left" "$middle" "$right"; do
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
                  stalled simultaneous-close lost)

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

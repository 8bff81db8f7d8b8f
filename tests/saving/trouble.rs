//! What cannot be written, or not to the end.

use std::fs;
use std::process::Stdio;

use super::support::blocks::{interface, packet, section};
use super::support::program::{captures, run, tcptrace};
use super::{folder, run as run_each};

#[test]
fn a_full_disk_and_an_unwritable_folder_are_told() {
    for (path, reason) in [
        ("/dev/full", "No space left on device (os error 28)"),
        ("/nosuch/x.pcap", "No such file or directory (os error 2)"),
        ("/proc/x.pcapng", "No such file or directory (os error 2)"),
        (".", "Is a directory (os error 21)"),
    ] {
        let ran = run(&format!("-r hello.pcap --nano -w {path}"));
        let words = format!("tcptrace: cannot write {path}: {reason}\n");
        assert_eq!(
            (ran.status, ran.err, ran.out),
            (Some(1), words, String::new())
        );
    }
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let ran = tcptrace()
        .args(["-r", "hello.pcap", "--nano", "-w", "-"])
        .stdout(full)
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    let words = "tcptrace: cannot write -: No space left on device (os error 28)\n";
    assert_eq!((ran.status.code(), said.as_str()), (Some(1), words));
}

#[test]
fn what_was_shown_before_a_disk_is_full_stays() {
    // The limit is in blocks of 1024 octets and ends the file inside a frame.
    let path = folder("limit").join("x.pcap");
    let script = format!(
        "trap '' XFSZ; ulimit -f 1; exec {} -r hello.pcap -r echo.pcap -r users.pcapng -w {} --print",
        env!("CARGO_BIN_EXE_tcptrace"),
        path.display(),
    );
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", &script]).current_dir(captures());
    let ran = shell.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    let words = format!(
        "cannot write {}: File too large (os error 27)\n",
        path.display()
    );
    assert!(said.ends_with(&words), "{said}");
    assert_eq!(fs::metadata(&path).unwrap().len(), 1024);
    let shown = String::from_utf8(ran.stdout).unwrap();
    let lines = shown.lines().filter(|line| line.contains("Flags ["));
    assert!(lines.count() >= 9, "{shown}");
}

#[test]
fn a_cut_file_is_written_up_to_the_cut() {
    let folder = folder("cut");
    let whole = fs::read(captures().join("hello.pcap")).unwrap();
    let (cut, out) = (folder.join("cut.pcap"), folder.join("out.pcap"));
    fs::write(&cut, &whole[..500]).unwrap();
    let (cut, out) = (cut.to_str().unwrap(), out.to_str().unwrap());
    let ran = run_each(["-r", cut, "--nano", "-w", out]);
    let words = "damaged at octet 455: the file ends inside a record";
    assert_eq!(ran.err, format!("tcptrace: {cut}: {words}\n"));
    assert_eq!(ran.status, Some(1));
    assert_eq!(fs::read(out).unwrap(), whole[..455]);
}

#[test]
fn a_file_that_is_read_is_not_written_over() {
    let folder = folder("over");
    let whole = fs::read(captures().join("hello.pcap")).unwrap();
    let (path, link) = (folder.join("hello.pcap"), folder.join("link"));
    fs::write(&path, &whole).unwrap();
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let (path, link) = (path.to_str().unwrap(), link.to_str().unwrap());
    for read in [&["-r", path][..], &["-r", "echo.pcap", "-r", path]] {
        let ran = run_each([read, &["-w", link]].concat());
        let words = "it is read, and would be lost; give -w another name";
        assert_eq!(
            (ran.status, ran.err),
            (Some(1), format!("tcptrace: {path}: {words}\n"))
        );
        assert_eq!(fs::read(path).unwrap(), whole);
    }
}

#[test]
fn a_pcap_file_does_not_mix_link_types() {
    let folder = folder("mixed");
    let frame = [0x11; 60];
    let file = [
        section(&[]),
        interface(1, 0, &[]),
        interface(113, 0, &[]),
        packet(0, &frame, &[]),
        packet(1, &frame, &[]),
    ];
    let mixed = folder.join("mixed");
    fs::write(&mixed, file.concat()).unwrap();
    let (mixed, out) = (mixed.to_str().unwrap(), folder.join("out.pcap"));
    let out = out.to_str().unwrap();
    let ran = run_each(["-r", mixed, "-w", out]);
    let words = "a pcap file holds frames of one link type, and here begins another; \
                 give the file a name that ends in .pcapng";
    assert_eq!(
        (ran.status, ran.err),
        (Some(1), format!("tcptrace: {out}: {words}\n"))
    );
    assert_eq!(run_each(["-r", out, "--count"]).out, "1 packet\n");
}

#[test]
fn a_longer_frame_of_another_interface_is_not_cut() {
    let folder = folder("longer");
    let file = [
        section(&[]),
        interface(1, 40, &[]),
        interface(1, 0, &[]),
        packet(0, &[0x11; 40], &[]),
        packet(1, &[0x11; 60], &[]),
    ];
    let (mixed, out) = (folder.join("mixed"), folder.join("out.pcap"));
    fs::write(&mixed, file.concat()).unwrap();
    let (mixed, out) = (mixed.to_str().unwrap(), out.to_str().unwrap());
    assert_eq!(run_each(["-r", mixed, "-w", out]).err, "");
    let written = fs::read(out).unwrap();
    assert_eq!(written.len(), 24 + 16 + 40 + 16 + 60);
    // A reader cuts what is longer than the header says.
    assert_eq!(written[16..20], 262_144_u32.to_ne_bytes());
}

#[test]
fn what_cannot_be_meant_has_status_2() {
    for arguments in [
        "-r hello.pcap -C 1",
        "-r hello.pcap -G 1",
        "-r hello.pcap -w x -W 2",
        "-r hello.pcap -w x -C 0",
        "-r hello.pcap -w x -C 1x",
        "-r hello.pcap -w - -C 1",
        "-r hello.pcap -w - --print",
        "-r hello.pcap --print",
        "-r hello.pcap -w x.pcap --comments",
        "report -r hello.pcap -w -",
    ] {
        let ran = run(arguments);
        assert_eq!(ran.status, Some(2), "{arguments}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments}");
        assert!(!captures().join("x").exists(), "{arguments}");
    }
}

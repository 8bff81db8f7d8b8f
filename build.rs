//! Makes libpcap linkable where only its runtime package is installed.
//!
//! The pcap crate declares its own functions and needs no header; all it lacks
//! without the development package is the name `libpcap.so`. Without the feature
//! `live` there is nothing to link.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const FOLDERS: [&str; 8] = [
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib/arm-linux-gnueabihf",
    "/usr/lib/riscv64-linux-gnu",
    "/usr/lib/powerpc64le-linux-gnu",
    "/usr/lib/s390x-linux-gnu",
    "/usr/lib64",
    "/usr/lib",
];
const RUNTIME_NAMES: [&str; 2] = ["libpcap.so.0.8", "libpcap.so.1"];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_LIVE").is_none() {
        return Ok(());
    }
    let in_folders = |name: &str| {
        FOLDERS
            .iter()
            .map(|folder| Path::new(folder).join(name))
            .find(|path| path.exists())
    };
    if in_folders("libpcap.so").is_some() {
        return Ok(());
    }
    let Some(library) = RUNTIME_NAMES.iter().find_map(|name| in_folders(name)) else {
        println!("cargo:warning=libpcap was not found: install libpcap0.8 or libpcap-dev");
        return Ok(());
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let link = out.join("libpcap.so");
    if link.exists() {
        fs::remove_file(&link)?;
    }
    std::os::unix::fs::symlink(library, &link)?;
    println!("cargo:rustc-link-search=native={}", out.display());
    Ok(())
}

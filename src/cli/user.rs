//! Privileges, given up when they are no longer needed: `-Z USER`.

use std::ffi::CString;

use nix::unistd::{User, initgroups, setgid, setuid};

use crate::cli::failure::Failure;

/// Makes the process another user's, for good, with all its threads. Without a
/// name it stays as it is.
pub fn become_user(name: Option<&str>) -> Result<(), Failure> {
    let Some(name) = name else {
        return Ok(());
    };
    let refused = |reason: &str| Failure::User {
        user: name.to_owned(),
        reason: reason.to_owned(),
    };
    let user = User::from_name(name)
        .map_err(|errno| refused(errno.desc()))?
        .ok_or_else(|| refused("there is no such user"))?;
    let login = CString::new(name).map_err(|error| refused(&error.to_string()))?;
    // In this order: a user may not choose his groups.
    initgroups(&login, user.gid)
        .and_then(|()| setgid(user.gid))
        .and_then(|()| setuid(user.uid))
        .map_err(|errno| refused(errno.desc()))
}

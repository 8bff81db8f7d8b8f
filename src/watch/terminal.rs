//! The terminal, taken for a full screen and always given back: when the screen ends,
//! whatever ends it, and when any thread panics.

use std::io::{self, BufWriter, Stdout};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableMouseCapture, EnableMouseCapture};
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{execute, style};

/// What is written before anything of it is sent: a picture.
const BUFFER: usize = 1 << 16;

/// Whether the terminal is ours.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// What pictures are drawn on.
pub type OwnCanvas = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// A terminal that is given back when this goes.
pub struct TakenTerminal {
    /// What pictures are drawn on.
    pub canvas: OwnCanvas,
}

impl TakenTerminal {
    /// Takes it: alternate screen, each key as it is typed, the mouse.
    pub fn take(is_coloured: bool) -> io::Result<Self> {
        give_back_in_panics();
        IS_TAKEN.store(true, Ordering::SeqCst);
        let taken = Self::enter(is_coloured);
        if taken.is_err() {
            give_back();
        }
        taken
    }

    fn enter(is_coloured: bool) -> io::Result<Self> {
        // Whether there are colours was decided by who asks; NO_COLOR is not asked twice.
        style::force_color_output(is_coloured);
        set_up()?;
        Ok(Self { canvas: blank()? })
    }

    /// Whether it was not given back meanwhile, as a thread panicked.
    #[expect(clippy::unused_self, reason = "there is one terminal")]
    pub fn is_taken(&self) -> bool {
        IS_TAKEN.load(Ordering::SeqCst)
    }

    /// Gives it back for a while.
    #[expect(clippy::unused_self, reason = "there is one terminal")]
    pub fn lend(&self) {
        give_back();
    }

    /// Takes it again, whoever had it meanwhile.
    pub fn take_again(&mut self) -> io::Result<()> {
        // What others left is not what is to be given back in the end.
        give_back();
        IS_TAKEN.store(true, Ordering::SeqCst);
        set_up()?;
        self.redraw()
    }

    /// Has all of the next picture drawn, whatever stands there.
    pub fn redraw(&mut self) -> io::Result<()> {
        execute!(io::stdout(), Clear(ClearType::All))?;
        self.canvas = blank()?;
        Ok(())
    }
}

/// Has the terminal tell each key and what the mouse does, and shows its other screen.
fn set_up() -> io::Result<()> {
    enable_raw_mode()?;
    let all = Clear(ClearType::All);
    execute!(io::stdout(), EnterAlternateScreen, all, EnableMouseCapture)
}

/// A canvas that knows nothing of what stands there. One that is cleared asks where the
/// cursor is, which not every terminal answers.
fn blank() -> io::Result<OwnCanvas> {
    let output = BufWriter::with_capacity(BUFFER, io::stdout());
    Terminal::new(CrosstermBackend::new(output))
}

impl Drop for TakenTerminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back, once. Where it is gone, nothing can be done.
fn give_back() {
    if !IS_TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = execute!(
        io::stdout(),
        DisableMouseCapture,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
}

/// Gives the terminal back before a panic says what it has to say.
fn give_back_in_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |what| {
            give_back();
            told(what);
        }));
    });
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Read;
    use std::process::{Command, Stdio};
    use std::{env, thread};

    use nix::pty::{OpenptyResult, openpty};
    use nix::sys::termios::{LocalFlags, tcgetattr};

    use super::*;

    const SAID: &str = "a picture that cannot be drawn";

    #[test]
    #[ignore = "it panics on the terminal that the test below gives it"]
    fn a_drawing_thread_panics() {
        let _terminal = TakenTerminal::take(true).unwrap();
        panic!("{SAID}");
    }

    /// This program once more, in a terminal of its own, with the test above.
    #[test]
    fn a_panic_gives_the_terminal_back_and_is_read_there() {
        let OpenptyResult { master, slave } = openpty(None, None).unwrap();
        let end = || Stdio::from(slave.try_clone().unwrap());
        let path = "watch::terminal::tests::a_drawing_thread_panics";
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", path, "--ignored", "--nocapture"])
            .env("TERM", "xterm-256color")
            .stdin(end())
            .stdout(end())
            .stderr(end())
            .spawn()
            .unwrap();
        let reading = thread::spawn(move || {
            let (mut shown, mut piece) = (Vec::new(), [0; 4096]);
            let mut screen = File::from(master);
            // It ends with an error when the last of the other end is closed.
            while let Ok(read @ 1..) = screen.read(&mut piece) {
                shown.extend_from_slice(&piece[..read]);
            }
            String::from_utf8_lossy(&shown).into_owned()
        });
        assert!(!child.wait().unwrap().success());
        let flags = tcgetattr(&slave).unwrap().local_flags;
        drop(slave);
        let shown = reading.join().unwrap();
        let (_, entered) = shown.split_once("\x1b[?1049h").expect("it is taken");
        let (_, behind) = entered.split_once("\x1b[?1049l").expect("it is given back");
        assert!(behind.contains(SAID), "{behind:?}");
        assert!(flags.contains(LocalFlags::ICANON | LocalFlags::ECHO));
    }
}

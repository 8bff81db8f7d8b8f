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
        enable_raw_mode()?;
        // Whether there are colours was decided by who asks; NO_COLOR is not asked twice.
        style::force_color_output(is_coloured);
        let mut output = BufWriter::with_capacity(BUFFER, io::stdout());
        // Without asking where the cursor is: not every terminal answers that.
        let all = Clear(ClearType::All);
        execute!(output, EnterAlternateScreen, all, EnableMouseCapture)?;
        let canvas = Terminal::new(CrosstermBackend::new(output))?;
        Ok(Self { canvas })
    }
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

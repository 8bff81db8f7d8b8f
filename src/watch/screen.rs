//! The loop of the screen: news of the run, keys, pictures. Nothing in it waits for the
//! run, and the run does not wait for it.

use std::io;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::{Duration, Instant};

use ratatui::crossterm::event;
use tcptrace::capture::live::stop::Stop;

use crate::cli::suspension::Suspension;
use crate::watch::keyboard::Keyboard;
use crate::watch::news::{News, Request};
use crate::watch::steering::Wish;
use crate::watch::terminal::TakenTerminal;
use crate::watch::whole::{ScreenOptions, WatchScreen};

/// Pictures are this far apart at least: 20 in a second.
const PICTURE: Duration = Duration::from_millis(50);
/// For so long news are taken before keys are looked at again.
const TAKING: Duration = Duration::from_millis(15);

/// Shows the run until somebody leaves, or the stop is requested. While it is suspended
/// the whole program is: the kernel keeps what its buffer holds, and counts what it drops.
///
/// # Errors
///
/// What the system has against a full screen. Whatever it is, the terminal is given back.
pub fn run(
    options: ScreenOptions,
    news: &Receiver<News>,
    mut ask: impl FnMut(Request),
    stop: &Stop,
) -> io::Result<()> {
    let keyboard = Keyboard::find()?;
    let suspension = Suspension::heed()?;
    let mut terminal = TakenTerminal::take(options.is_coloured)?;
    let mut screen = WatchScreen::new(options);
    let start = Instant::now();
    let mut drawn = None;
    while !stop.is_requested() && terminal.is_taken() {
        if suspension.has_gone_on() {
            // Stopped by another than its own key, it could not give the terminal back.
            terminal.take_again()?;
            screen.is_changed = true;
        }
        screen.pass(start.elapsed());
        take(&mut screen, news);
        screen.pass(start.elapsed());
        let is_looking = screen.look();
        let now = start.elapsed();
        let is_due = drawn.is_none_or(|drawn| now.saturating_sub(drawn) >= PICTURE);
        if is_due && screen.is_to_draw() {
            terminal.canvas.draw(|frame| screen.draw(frame))?;
            screen.note_drawn();
            drawn = Some(now);
        }
        let patience = if is_looking { Duration::ZERO } else { PICTURE };
        if !keyboard.wait(patience)? {
            return Ok(());
        }
        while event::poll(Duration::ZERO)? {
            match screen.press(&event::read()?) {
                Some(Wish::Quit) => return Ok(()),
                Some(Wish::Ask(request)) => ask(request),
                Some(Wish::Redraw) => terminal.redraw()?,
                Some(Wish::Suspend) => {
                    terminal.lend();
                    suspension.begin()?;
                    terminal.take_again()?;
                }
                None => {}
            }
        }
    }
    Ok(())
}

/// Takes what news there are, for some time.
fn take(screen: &mut WatchScreen, news: &Receiver<News>) {
    let start = Instant::now();
    while screen.has_room() && start.elapsed() < TAKING {
        match news.try_recv() {
            Ok(news) => screen.take(news),
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => return,
        }
    }
}

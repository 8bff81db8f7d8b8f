//! The colours that the library's styles write (ECMA-48's SGR), as those of the screen.

use ratatui::style::{Color, Modifier, Style};

/// What a colour begins with.
const BEGIN: &str = "\x1b[";

/// The pieces of a line, each with its style; the sequences themselves are left out.
pub fn pieces(line: &str) -> impl Iterator<Item = (Style, &str)> {
    let mut style = Style::default();
    line.split(BEGIN)
        .enumerate()
        .filter_map(move |(nth, part)| {
            let said = match part.split_once('m') {
                Some((codes, behind)) if nth > 0 => {
                    style = styled(style, codes);
                    behind
                }
                _ => part,
            };
            (!said.is_empty()).then_some((style, said))
        })
}

/// A line without its colours.
pub fn plain(line: &str) -> String {
    pieces(line).map(|(_, said)| said).collect()
}

fn styled(style: Style, codes: &str) -> Style {
    codes.split(';').fold(style, |style, code| match code {
        "1" => style.add_modifier(Modifier::BOLD),
        "2" => style.add_modifier(Modifier::DIM),
        "31" => style.fg(Color::Red),
        "32" => style.fg(Color::Green),
        "33" => style.fg(Color::Yellow),
        "34" => style.fg(Color::Blue),
        "35" => style.fg(Color::Magenta),
        "36" => style.fg(Color::Cyan),
        _ => Style::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_become_styles_and_the_words_stay() {
        let line = "a \x1b[1;31mRST\x1b[0m b\x1b[2mdim\x1b[0m";
        let bold = Style::default().fg(Color::Red).add_modifier(Modifier::BOLD);
        let dim = Style::default().add_modifier(Modifier::DIM);
        let none = Style::default();
        let found: Vec<_> = pieces(line).collect();
        assert_eq!(
            found,
            [(none, "a "), (bold, "RST"), (none, " b"), (dim, "dim")]
        );
        assert_eq!(plain(line), "a RST bdim");
    }
}

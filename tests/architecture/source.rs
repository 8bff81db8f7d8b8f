//! A source file as the rules see it: its code, and the paths that it names.

use std::iter;

/// A file without comments, without what stands inside literals, and without
/// what is compiled for tests only: all of that is blank.
pub fn code(text: &str) -> String {
    let mut code = without_words(text);
    let mut from = 0;
    while let Some(place) = code[from..].find(TESTS_ONLY) {
        let start = from + place;
        let end = start + item_len(&code[start..]);
        let blank: String = code[start..end].chars().map(blank).collect();
        code.replace_range(start..end, &blank);
        from = start;
    }
    code
}

const TESTS_ONLY: &str = "#[cfg(test)]";

/// Keeps the lines.
fn blank(c: char) -> char {
    if c == '\n' { c } else { ' ' }
}

/// The length of the item that code begins with, attributes included: up to its
/// closing brace, or to the semicolon where it has none.
fn item_len(code: &str) -> usize {
    let mut depth = 0;
    for (place, c) in code.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(c, ';' | '}') {
            return place + 1;
        }
    }
    code.len()
}

/// The text with blanks for comments and for what stands inside literals.
fn without_words(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let before = code.chars().next_back();
        let (len, quotes) = match word_len(rest, before) {
            Some(found) => found,
            None => (c.len_utf8(), 0),
        };
        let (word, behind) = rest.split_at(len);
        if len == c.len_utf8() {
            code.push(c);
        } else {
            let (open, inside) = word.split_at(quotes);
            let (inside, close) = inside.split_at(inside.len() - quotes);
            code.push_str(open);
            code.extend(inside.chars().map(blank));
            code.push_str(close);
        }
        rest = behind;
    }
    code
}

/// The length of the comment or literal that `text` begins with behind `before`,
/// and the octets of a quote of it, which stay.
fn word_len(text: &str, before: Option<char>) -> Option<(usize, usize)> {
    let until = |end: &str, from: usize| text[from..].find(end).map(|at| from + at + end.len());
    if text.starts_with("//") {
        return Some((text.find('\n').unwrap_or(text.len()), 0));
    }
    if text.starts_with("/*") {
        return Some((until("*/", 2).unwrap_or(text.len()), 0));
    }
    if let Some(raw) = text.strip_prefix('r')
        && !before.is_some_and(|c| is_word(c) && c != 'b' && c != 'c')
    {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            return Some((until(&end, hashes + 2).unwrap_or(text.len()), 0));
        }
    }
    match text.chars().next()? {
        '"' => Some((quoted_len(text, '"')?, 1)),
        // A lifetime has no second quote.
        '\'' => {
            let mut chars = text[1..].chars();
            let is_char = chars.next()? == '\\' || chars.next()? == '\'';
            is_char
                .then(|| quoted_len(text, '\''))
                .flatten()
                .map(|len| (len, 1))
        }
        _ => None,
    }
}

/// The length of a literal between two quotes.
fn quoted_len(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (place, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return Some(place + c.len_utf8()),
            _ => {}
        }
    }
    None
}

/// Every path that the code of a file names within the crate, as a list of
/// modules and what is named in them. One that begins with a module declared here
/// counts too.
pub fn paths(path: &str, code: &str) -> Vec<Vec<String>> {
    let own = module(path);
    let children: Vec<_> = children(code).collect();
    let mut found = Vec::new();
    for (place, first) in words(code) {
        let before = code[..place].trim_end();
        let is_inside = before.ends_with("::") || before.ends_with("(in");
        let behind = &code[place + first.len()..];
        if is_inside || !behind.starts_with("::") {
            continue;
        }
        let from = match first {
            "crate" => Vec::new(),
            "self" => own.clone(),
            "super" => parent(&own),
            child if children.contains(&child) => {
                own.iter().cloned().chain([child.to_owned()]).collect()
            }
            _ => continue,
        };
        branch(&behind[2..], &from, &mut found);
    }
    found
}

/// Follows a path from behind a `::`, and into the branches of a list; what is
/// left behind it.
fn branch<'c>(code: &'c str, from: &[String], found: &mut Vec<Vec<String>>) -> &'c str {
    let code = code.trim_start();
    if let Some(mut list) = code.strip_prefix('{') {
        loop {
            list = branch(list, from, found).trim_start();
            list = match list.strip_prefix(',') {
                Some(next) => next,
                None => return list.strip_prefix('}').unwrap_or(list),
            };
        }
    }
    let name: String = code.chars().take_while(|&c| is_word(c)).collect();
    let behind = &code[name.len()..];
    let on = match name.as_str() {
        "super" => parent(from),
        "" if code.starts_with('}') => return code,
        "self" | "" => from.to_vec(),
        name => from.iter().cloned().chain([name.to_owned()]).collect(),
    };
    match behind.strip_prefix("::") {
        Some(behind) if !name.is_empty() => branch(behind, &on, found),
        _ => {
            found.push(on);
            skip_alias(behind)
        }
    }
}

/// What is left behind an `as` or a star.
fn skip_alias(code: &str) -> &str {
    code.trim_start_matches(|c: char| is_word(c) || c == ' ' || c == '*')
}

/// The modules that the code declares in files of their own.
fn children(code: &str) -> impl Iterator<Item = &str> {
    let all = code.split("mod ").skip(1);
    all.filter_map(|rest| {
        let (name, _) = rest.split_once(';')?;
        name.chars().all(is_word).then_some(name)
    })
}

/// The words of the code, and their places.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    iter::from_fn(move || {
        let start = at + code[at..].find(is_word)?;
        let rest = &code[start..];
        let len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        at = start + len;
        Some((start, &rest[..len]))
    })
}

/// The module that a file is.
pub fn module(path: &str) -> Vec<String> {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    let names = inside.split('/').map(str::to_owned);
    let mut module: Vec<_> = names.collect();
    module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
    module
}

fn parent(module: &[String]) -> Vec<String> {
    module[..module.len().saturating_sub(1)].to_vec()
}

/// The types that the code declares.
pub fn types(code: &str) -> impl Iterator<Item = &str> {
    // What stands further in is a type of an implementation, or of a function.
    let outer = code.lines().filter(|line| !line.starts_with(' '));
    outer.filter_map(|line| {
        let declared = match line.strip_prefix("pub") {
            Some(rest) if rest.starts_with('(') => rest.split_once(')')?.1,
            Some(rest) => rest,
            None => line,
        };
        let (kind, rest) = declared.trim_start().split_once(' ')?;
        let name = rest.split(|c| !is_word(c)).next()?;
        ["struct", "enum", "trait", "type", "union"]
            .contains(&kind)
            .then_some(name)
    })
}

pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

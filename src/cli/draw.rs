//! `draw`: pictures of connections, on the terminal or into files.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tcptrace::error::Error;
use tcptrace::sink::choice::Choice;
use tcptrace::sink::draw::{DrawOptions, Drawn, PictureFormat, PictureKind};
use tcptrace::sink::html::around_pictures;
use tcptrace::track::flow::StreamId;
use tcptrace::track::flow_id::FlowId;

use crate::cli::args::DrawArgs;
use crate::cli::failure::Failure;
use crate::cli::progress::HowFar;
use crate::cli::session::Session;
use crate::cli::{bad_usage, line, printed, when};

/// Draws what the arguments ask for.
pub fn run(args: &DrawArgs, session: &Session<'_>) -> Result<ExitCode, Failure> {
    let format = args.output.as_deref().map_or(PictureFormat::Text, format);
    if !args.kind.formats().contains(&format) {
        bad_usage(&cannot_be_written(args.kind, args.output.as_deref()));
    }
    // Before anything is read: where nothing can be written, nothing has to be.
    let files = match &args.output {
        Some(path) => opened(path, format)?,
        None => Vec::new(),
    };
    let drawn = Drawn::new(DrawOptions {
        kind: args.kind,
        format,
        is_file: args.output.is_some(),
        stream: args.stream.map(StreamId),
        is_whole: args.all,
        zone: line::zone(),
        width: line::width(),
        height: None,
        lang: line::lang(args.lang),
        is_coloured: line::is_coloured(args.color),
    });
    let mut printed = printed(drawn, false).choosing(Choice {
        connection: args.connection.map(FlowId),
        ..Choice::from(when(session))
    });
    let result = if args.output.is_some() {
        session.show(HowFar::of(&mut printed))
    } else {
        session.show(&mut printed)
    };
    let drawn = printed.style();
    let written = match result {
        Ok(_) => {
            let checked = check(args, drawn);
            write(files, texts(args, session, drawn)).and(checked)
        }
        Err(failure) => {
            write(files, texts(args, session, drawn))?;
            return Err(failure);
        }
    };
    written.and(result)
}

/// Refuses a picture of nothing, and of several connections where it holds one.
fn check(args: &DrawArgs, drawn: &Drawn) -> Result<(), Failure> {
    let count = drawn.connections();
    let reason = match (count, args.stream) {
        (0, Some(stream)) => {
            format!("there is no stream {stream}; tcptrace flows lists what there is")
        }
        (0, None) if args.connection.is_some() => {
            "there is no such connection; tcptrace flows lists what there is".to_owned()
        }
        (0, None) => "there is no connection".to_owned(),
        (2.., _) if !drawn.holds_all() => {
            format!(
                "there are {count} connections, and such a file holds one; choose it with --connection, --stream or a filter"
            )
        }
        _ => {
            let left_out = drawn.left_out();
            if left_out > 0 {
                eprintln!(
                    "tcptrace: {left_out} of {count} connections are not drawn; --connection, --stream or a filter chooses others"
                );
            }
            return Ok(());
        }
    };
    Err(Failure::Draw { reason })
}

/// The files that are to be written, with what they held.
fn opened(path: &Path, format: PictureFormat) -> Result<Vec<(PathBuf, File)>, Failure> {
    let paths = format.parts().iter().map(|part| match *part {
        "" => path.to_owned(),
        part => {
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            path.with_extension(format!("{part}.{ending}"))
        }
    });
    let open = |path: PathBuf| {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path);
        match file {
            Ok(file) => Ok((path, file)),
            Err(source) => Err(Failure::Library(Error::Save { path, source })),
        }
    };
    paths.map(open).collect()
}

/// What the files have to hold.
fn texts(args: &DrawArgs, session: &Session<'_>, drawn: &Drawn) -> Vec<String> {
    let texts = drawn.files();
    if args.output.as_deref().and_then(PictureFormat::of) != Some(PictureFormat::Html) {
        return texts;
    }
    let paths = session.paths.iter().map(|path| path.to_string_lossy());
    let names: Vec<_> = [args.kind.name().into()].into_iter().chain(paths).collect();
    let (title, lang) = (names.join(" "), line::lang(args.lang));
    let pages = texts.iter();
    pages
        .map(|text| around_pictures(&title, text, lang))
        .collect()
}

/// Writes what there is; a file for which there is nothing, and which held nothing, goes.
fn write(files: Vec<(PathBuf, File)>, texts: Vec<String>) -> Result<(), Failure> {
    let mut texts = texts.into_iter();
    for (path, mut file) in files {
        let result = match texts.next() {
            Some(text) => file
                .set_len(0)
                .and_then(|()| file.write_all(text.as_bytes())),
            None => remove_empty(&path, &file),
        };
        result.map_err(|source| Error::Save { path, source })?;
    }
    Ok(())
}

fn remove_empty(path: &Path, file: &File) -> io::Result<()> {
    let about = file.metadata()?;
    if about.is_file() && about.len() == 0 {
        fs::remove_file(path)?;
    }
    Ok(())
}

fn cannot_be_written(kind: PictureKind, path: Option<&Path>) -> String {
    let path = path.unwrap_or(Path::new("the terminal"));
    let endings = PictureFormat::endings().into_iter();
    let endings = endings.filter(|ending| {
        let format = PictureFormat::of(Path::new(&format!("x.{ending}")));
        format.is_some_and(|format| kind.formats().contains(&format))
    });
    let endings: Vec<_> = endings.map(|ending| format!(".{ending}")).collect();
    format!(
        "-o {}: a picture of kind {} can be written to {}",
        path.display(),
        kind.name(),
        endings.join(", ")
    )
}

fn format(path: &Path) -> PictureFormat {
    PictureFormat::of(path).unwrap_or_else(|| {
        let endings = PictureFormat::endings().map(|ending| format!(".{ending}"));
        bad_usage(&format!(
            "-o {}: its ending says what is written: {}",
            path.display(),
            endings.join(", ")
        ))
    })
}

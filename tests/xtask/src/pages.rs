//! Writes the pages that are made from the causes, the words, the classifier and the engine themselves: the error
//! reference, and the other pages of the site.

mod blank;
mod cause;
mod chat;
mod code;
mod contents;
mod demo;
mod front;
mod language;
mod layout;
mod library;
mod picture;
mod playground;
mod specimens;
mod steps;
mod switch;

use std::{fs, path::Path, thread};

use anyhow::{Result, bail};
use unstuck_diagnose::{Catalogue, Cause};

use blank::Blank;
use language::Language;
use layout::{Page, Turn};
use library::{Edition, Library};

/// Writes the pages of the site, in every language.
pub(crate) fn write_site(directory: &Path) -> Result<()> {
    thread::scope(|scope| {
        let write = |(language, messages): &'static (Language, Catalogue)| {
            scope.spawn(|| write_in(&directory.join(language.folder()), language, messages.clone()))
        };
        let written: Vec<_> = language::spoken().iter().map(write).collect();
        for one in written {
            let Ok(ended) = one.join() else { bail!("a language could not be written") };
            ended?;
        }
        Ok(())
    })
}

fn write_in(directory: &Path, language: &'static Language, messages: Catalogue) -> Result<()> {
    let pictures = picture::pictures(&messages)?;
    let library = &Library::new(Edition::Site, language, messages);
    let reference = directory.join("reference");
    fs::create_dir_all(&reference)?;
    for (page, turn) in turned(&reference_pages(library)) {
        let html = layout::reference(page, turn, library);
        fs::write(reference.join(format!("{}.html", page.id)), html.into_string())?;
    }
    fs::write(directory.join("index.html"), front::page(&pictures, library)?.into_string())?;
    fs::write(directory.join("demo.html"), demo::page(library).into_string())?;
    fs::write(directory.join("playground.html"), playground::page(library).into_string())?;
    picture::write(&directory.join("picture.js"), &pictures)
}

/// Writes the reference of the extension, in no language.
pub(crate) fn write_reference(file: &Path) -> Result<()> {
    let Some((language, english)) = language::spoken().first() else {
        bail!("there is no English")
    };
    let library = &Library::new(Edition::Extension, language, Blank(english.clone()));
    let pages = reference_pages(library);
    Ok(fs::write(file, layout::templates(&turned(&pages), library).into_string())?)
}

/// In the order in which one turns them.
fn reference_pages(library: &Library) -> Vec<Page> {
    let codes = library.codes.iter().map(|code| code::page(code, library));
    let causes = Cause::ALL.iter().map(|&cause| cause::page(cause, library));
    [contents::page(library)]
        .into_iter()
        .chain(codes)
        .chain(causes)
        .chain([steps::page(library)])
        .collect()
}

fn turned(pages: &[Page]) -> Vec<(&Page, Turn<'_>)> {
    let turn = |index: usize| Turn {
        previous: index.checked_sub(1).and_then(|index| pages.get(index)),
        next: pages.get(index + 1),
    };
    pages.iter().enumerate().map(|(index, page)| (page, turn(index))).collect()
}

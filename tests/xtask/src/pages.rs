//! Writes the pages that are made from the causes, the words, the classifier and the engine themselves: the error
//! reference, and the other pages of the site.

mod cause;
mod chat;
mod code;
mod contents;
mod demo;
mod front;
mod layout;
mod library;
mod picture;
mod playground;
mod specimens;
mod steps;

use std::{fs, path::Path};

use anyhow::Result;

use layout::Page;
pub(crate) use library::Edition;
use library::Library;

pub(crate) fn write(directory: &Path, edition: Edition) -> Result<()> {
    let library = &Library::new(edition);
    let reference = directory.join("reference");
    fs::create_dir_all(&reference)?;
    let pages = reference_pages(library);
    for (index, page) in pages.iter().enumerate() {
        let previous = index.checked_sub(1).and_then(|index| pages.get(index));
        let html = layout::reference(page, previous, pages.get(index + 1), library);
        fs::write(reference.join(format!("{}.html", page.id)), html.into_string())?;
    }
    if edition == Edition::Site {
        fs::write(directory.join("index.html"), front::page(library)?.into_string())?;
        fs::write(directory.join("demo.html"), demo::page(library).into_string())?;
        fs::write(directory.join("playground.html"), playground::page(library).into_string())?;
        picture::write(&directory.with_file_name("picture.json"), &library.messages)?;
    }
    Ok(())
}

/// In the order in which one turns them.
fn reference_pages(library: &Library) -> Vec<Page> {
    let codes = library.codes.iter().map(|code| code::page(code, library));
    let causes = unstuck_diagnose::Cause::ALL.iter().map(|&cause| cause::page(cause, library));
    [contents::page(library)]
        .into_iter()
        .chain(codes)
        .chain(causes)
        .chain([steps::page(library)])
        .collect()
}

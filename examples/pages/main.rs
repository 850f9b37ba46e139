//! Writes the pages that are made from the causes, the words and the classifier itself: the front page of the site and
//! the error reference. `cargo run --example pages -- site DIR`, or `extension DIR` for the reference alone.

mod cause;
mod code;
mod contents;
mod front;
mod ladder;
mod layout;
mod library;
mod specimens;

use std::{env, error::Error, fs, io, path::Path};

use layout::Page;
use library::{Edition, Library};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (edition, directory) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["site", directory] => (Edition::Site, directory),
        ["extension", directory] => (Edition::Extension, directory),
        _ => return Err("pages site|extension DIRECTORY".into()),
    };
    let library = Library::new(edition);
    write(Path::new(directory), &library)?;
    Ok(())
}

fn write(directory: &Path, library: &Library) -> io::Result<()> {
    let reference = directory.join("reference");
    fs::create_dir_all(&reference)?;
    let pages = reference_pages(library);
    for (index, page) in pages.iter().enumerate() {
        let previous = index.checked_sub(1).and_then(|index| pages.get(index));
        let html = layout::reference(page, previous, pages.get(index + 1), library);
        fs::write(reference.join(format!("{}.html", page.id)), html.into_string())?;
    }
    if library.edition == Edition::Site {
        fs::write(directory.join("index.html"), front::page(library).into_string())?;
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
        .chain([ladder::page(library)])
        .collect()
}

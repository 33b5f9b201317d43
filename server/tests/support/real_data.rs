//! Real catalogs and a real order history: too large for the repository, so they are where somebody laid
//! them. `end2end/import-real.spec.ts` looks for them in the same way.

use std::io::Write;
use std::path::{Path, PathBuf};

const FOLDER_VARIABLE: &str = "CARTOGRAPH_TEST_CATALOGS";

/// A file of the folder that `CARTOGRAPH_TEST_CATALOGS` names, which has to hold it, or of `shared/data`
/// beside the checkout. Where that is not either, the test has nothing to read and says that it is left out.
pub(crate) fn real_data(file: &str) -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(FOLDER_VARIABLE) {
        let path = PathBuf::from(folder).join(file);
        assert!(path.is_file(), "{FOLDER_VARIABLE} names a folder without {file}");
        return Some(path);
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(file);
    if beside.is_file() {
        return Some(beside);
    }
    left_out(&format!("{file}; {FOLDER_VARIABLE} may name its folder"));
    None
}

/// Says that the test that runs is left out, and for want of what.
pub(crate) fn left_out(want: &str) {
    // `eprintln!` of a test that passes is shown to nobody; `tools/passed.sh` reads this line, by itself.
    let thread = std::thread::current();
    let test = thread.name().unwrap_or_default();
    let line = format!("\nleft out: {test}, for want of {want}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

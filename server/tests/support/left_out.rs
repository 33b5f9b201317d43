use std::io::Write;

/// Says that the test that runs is left out, and for want of what.
pub(crate) fn left_out(want: &str) {
    // `eprintln!` of a test that passes is shown to nobody; `tools/passed.sh` reads this line, by itself.
    let thread = std::thread::current();
    let test = thread.name().unwrap_or_default();
    let line = format!("\nleft out: {test}, for want of {want}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::real_data::left_out;

/// Somebody else's file, which takes all the room.
const FILLER: &str = "filler";
const BLOCK: [u8; 4096] = [1; 4096];

/// A small disk of its own, which can be full. It goes when this is dropped, whoever has it open.
#[derive(Debug)]
pub(crate) struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Puts a disk of this size at a folder, which is made; where nobody may do that, the test says that it is left
    /// out.
    pub(crate) fn at(folder: &Path, mebibytes: u32) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let size = format!("size={mebibytes}m");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "cartograph-test"]).arg(folder).stderr(Stdio::null());
        if mount.status().is_ok_and(|status| status.success()) {
            return Some(Self(folder.to_owned()));
        }
        left_out("the right to mount a disk");
        None
    }

    /// Leaves this much room for others.
    pub(crate) fn fill_up_to(&self, mebibytes: u64) {
        let mut filler = fs::OpenOptions::new().create(true).append(true).open(self.0.join(FILLER)).unwrap();
        while filler.write_all(&BLOCK).is_ok() {}
        let all = filler.metadata().unwrap().len();
        filler.set_len(all.saturating_sub(mebibytes * 1024 * 1024)).unwrap();
    }

    /// Takes away what filled it.
    pub(crate) fn make_room(&self) {
        fs::remove_file(self.0.join(FILLER)).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

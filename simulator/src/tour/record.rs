//! What the tour leaves for checks from outside: codes as pictures and text, signed documents, and the story.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use suima_code::UnixTime;

/// The story, a line per step.
const STORY: &str = "tour.jsonl";
/// What a tour makes in its folder, and so what a folder may hold that a tour is told to use.
const OWN: [&str; 6] = ["codes", "lists", STORY, "root.pub", "trust.cwt", "policy.cwt"];

/// A line of the story.
#[derive(Debug, Serialize)]
pub struct Line<'a> {
    /// What was done, as a word of its own.
    pub step: &'a str,
    /// By the city's clock.
    pub at: UnixTime,
    /// The picture of the code that was shown, in `codes`.
    pub code: Option<&'a str>,
    /// Where a code was shown to a verifier (`sampling`, `gate`, `manual-check`), or what else it was done for.
    pub purpose: &'a str,
    /// `accepted` or `refused` by a verifier, else `done`.
    pub verdict: &'a str,
    /// The stable id of the reason for a refusal.
    pub reason: Option<&'a str>,
    /// What came of it, in words.
    pub detail: &'a str,
}

/// Writes the folder.
#[derive(Debug)]
pub struct Record {
    folder: PathBuf,
    story: File,
    codes: u32,
}

impl Record {
    /// Begins in `folder`, which is made if it is missing. What an earlier tour left there is removed; a folder that
    /// holds anything else is refused.
    pub fn begin(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut earlier = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !OWN.iter().any(|own| entry.file_name() == *own) {
                let name = entry.file_name();
                return Err(io::Error::other(format!(
                    "{} holds something that no tour left there: {}",
                    folder.display(),
                    name.display()
                )));
            }
            earlier.push(entry.path());
        }
        for path in earlier {
            if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
        }
        fs::create_dir(folder.join("codes"))?;
        fs::create_dir(folder.join("lists"))?;
        let story = File::create(folder.join(STORY))?;
        Ok(Self { folder: folder.to_owned(), story, codes: 0 })
    }

    /// Adds a line to the story.
    pub fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        self.story.write_all(text.as_bytes())
    }

    /// Keeps a code that was shown: its text and its picture. Returns the picture's file name.
    pub fn code(&mut self, name: &str, text: &str, picture: &[u8]) -> io::Result<String> {
        self.codes += 1;
        let stem = format!("{:02}-{name}", self.codes);
        let file = format!("{stem}.png");
        let codes = self.folder.join("codes");
        fs::write(codes.join(format!("{stem}.txt")), text)?;
        fs::write(codes.join(&file), picture)?;
        Ok(file)
    }

    /// Keeps a signed document as issued.
    pub fn document(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.folder.join(name), bytes)
    }

    /// Keeps a public key, in hexadecimal.
    pub fn key(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let hex = bytes.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a String does not fail");
            text
        });
        fs::write(self.folder.join(name), hex)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        Record::begin(folder.path()).unwrap();
        Record::begin(folder.path()).unwrap();
        let other = folder.path().join("thesis.txt");
        fs::write(&other, "years of work").unwrap();
        Record::begin(folder.path()).unwrap_err();
        assert_eq!(fs::read_to_string(other).unwrap(), "years of work");
        assert!(folder.path().join(STORY).exists());
    }
}

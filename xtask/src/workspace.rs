//! Where things are.

use std::path::{Path, PathBuf};

use cargo_metadata::MetadataCommand;

use crate::command::Failure;

/// The folders of the workspace.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Asks cargo, so that a target folder set elsewhere is respected.
    pub fn find() -> Result<Self, Failure> {
        let metadata = MetadataCommand::new()
            .no_deps()
            .other_options(["--locked".to_owned()])
            .exec()
            .map_err(|error| Failure::new(error.to_string()))?;
        Ok(Self {
            root: metadata.workspace_root.into_std_path_buf(),
            target: metadata.target_directory.into_std_path_buf(),
        })
    }

    /// The folder of the workspace's `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the target folder.
    pub fn target(&self, path: &str) -> PathBuf {
        self.target.join(path)
    }

    /// A folder below the target folder, made if it is not there.
    pub fn folder(&self, path: &str) -> Result<PathBuf, Failure> {
        let folder = self.target(path);
        std::fs::create_dir_all(&folder).map_err(|error| Failure::at(&folder, &error))?;
        Ok(folder)
    }

    /// An empty folder below the target folder: what an earlier run left is removed.
    pub fn empty_folder(&self, path: &str) -> Result<PathBuf, Failure> {
        let folder = self.target(path);
        match std::fs::remove_dir_all(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::at(&folder, &error)),
        }
        self.folder(path)
    }

    /// A program that cargo built with the dev profile.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// A shared library that cargo built with the dev profile.
    pub fn library(&self, name: &str) -> PathBuf {
        use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
        self.target("debug").join(format!("{DLL_PREFIX}{name}{DLL_SUFFIX}"))
    }
}

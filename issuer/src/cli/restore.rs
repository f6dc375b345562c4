//! Commands about backups.

use std::path::{Path, PathBuf};

use clap::Args;
use suima_issuer::{Issuer, SystemClock, SystemRandom};

use super::{Error, open, private_file};

#[derive(Args)]
pub(super) struct Backup {
    /// The file to write, which must not be there
    file: PathBuf,
}

#[derive(Args)]
pub(super) struct Restored {
    /// The journal is lost: voids every code and credential, and begins a new one
    #[arg(long)]
    without_journal: bool,
}

pub(super) fn back_up(issuer: &Issuer, backup: &Backup) -> Result<(), Error> {
    // It holds what the database holds: the keys too.
    private_file(&backup.file)?;
    Ok(issuer.back_up(&backup.file)?)
}

pub(super) fn run(database: &Path, journal: &Path, restored: &Restored) -> Result<(), Error> {
    if restored.without_journal {
        let people =
            Issuer::restore_without_journal(database, journal, &SystemClock, &SystemRandom)?;
        println!(
            "已将 {people} 人的全部码作废，各人刷新后即得新码。备份之后停用的手机、检验设备和终端、召回的密钥、撤回的同意、\
             变更的健康状态和政策，请逐一重做。\n\
             every code of {people} people is void; they are given new ones when they refresh. What was done since the \
             backup must be done again: phones, stations and terminals ended, keys recalled, consents withdrawn, colours and policy."
        );
        return Ok(());
    }
    // What was lacking is said by whoever opens.
    if open(database, journal)?.replayed().is_none() {
        println!("数据库与日志一致 / the database and its journal are one");
    }
    Ok(())
}

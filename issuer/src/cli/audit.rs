//! Commands about the audit log.

use chrono::{Datelike as _, NaiveDate};
use clap::Subcommand;
use suima_code::{Day, UnixTime};
use suima_issuer::{AuditVerdict, Issuer};

use super::Error;

#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// One line for each question: number, time, who asked, about whom, the answer
    Show {
        /// From this day in Shanghai on, as 2026-11-22
        #[arg(long, value_name = "DATE")]
        since: Option<NaiveDate>,
    },
    /// Recomputes the chain of hashes, and says the first row where it breaks
    Verify,
}

pub(super) fn run(issuer: &Issuer, command: &AuditCommand) -> Result<(), Error> {
    match command {
        AuditCommand::Show { since } => show(issuer, *since),
        AuditCommand::Verify => verify(issuer),
    }
}

fn show(issuer: &Issuer, since: Option<NaiveDate>) -> Result<(), Error> {
    let since = since.map_or(Ok(UnixTime::new(0)), start)?;
    for row in issuer.audit_log(since)? {
        let slot = row.slot.map_or_else(|| "-".to_owned(), |slot| slot.to_string());
        println!(
            "{}\t{}\t{} {}\t{}\t{}\t{}\t{slot}\t{}",
            row.number, row.at, row.by, row.asker, row.place, row.staff, row.question, row.outcome
        );
    }
    Ok(())
}

fn start(date: NaiveDate) -> Result<UnixTime, Error> {
    let year = u16::try_from(date.year())?;
    let day = Day::from_date(year, u8::try_from(date.month())?, u8::try_from(date.day())?);
    Ok(day.ok_or("没有这一天 / there is no such day")?.start())
}

fn verify(issuer: &Issuer) -> Result<(), Error> {
    match issuer.verify_audit()? {
        AuditVerdict::Sound { rows, last } => {
            println!("查询记录完整，共 {rows} 条 / the log is whole, {rows} rows; {last}");
            Ok(())
        }
        AuditVerdict::Broken { number } => Err(format!(
            "查询记录从第 {number} 条起不可信 / the log is broken from row {number} on"
        )
        .into()),
    }
}

//! The register, taken in from CSV files: people, and who is whose parent or guardian.
//!
//! Every line is judged by itself. The good ones are taken in, the others are reported with their number and why. A person
//! who is there already is brought up to date.

mod entry;
mod kinship;
mod person;
mod report;
mod table;

use std::io::Read;

pub use self::report::{ImportReport, Refusal, RefusedLine};
use self::table::{Line, Table, Taken};
use crate::{Error, Issuer};

impl Issuer {
    /// Takes in people from a CSV file in UTF-8. It has the columns `id_number`, `name` and `birth_date` (`1949-12-31`),
    /// and may have, in any order:
    ///
    /// * `colour`: `green`, `yellow`, `red`;
    /// * `groups`, which policy may give paper codes (R3): `disability`, `group-1` to `group-31`, several with `;` between
    ///   them, or `none`;
    /// * `document`: `travel-permit` or `passport`; then `number` is its number and, for a passport, `country` the three
    ///   letters of the state; `replaces` is the number of the one that it renewed;
    /// * `guardian`: the number of a document of a parent or guardian; then `relation` is `parent` or `guardian`.
    ///
    /// A line says who it is about by ID number, by document, by the document that was renewed, or (a child that has none
    /// of them) by guardian, name and birth date. A cell that is empty leaves what is known.
    pub fn import_register(&self, csv: impl Read) -> Result<ImportReport, Error> {
        self.0.act(|act| person::import(act, csv))
    }

    /// Takes in parents and guardians from a CSV file with the columns `guardian_id_number`, `child_id_number` (the number
    /// of any document of theirs) and `relation` (`parent` or `guardian`). Both people must be in the register.
    pub fn import_kinship(&self, csv: impl Read) -> Result<ImportReport, Error> {
        self.0.act(|act| kinship::import(act, csv))
    }
}

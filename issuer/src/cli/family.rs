//! Commands about families, each with a reason that is kept.

use clap::{Args, Subcommand};
use suima_code::Slot;
use suima_issuer::Issuer;

use super::Error;

#[derive(Subcommand)]
pub(super) enum FamilyCommand {
    /// Lets somebody hold the codes of an adult who agreed before you, or cannot agree themselves
    Consent(Pair),
    /// Withdraws such a consent, however it was given, and ends what is held by it
    Withdraw(Pair),
    /// Takes a parent or guardian of a child out of the register, and ends what they hold of it
    KinshipEnd(Kinship),
    /// Takes that back
    KinshipRestore(Kinship),
    /// Ends somebody's phone, which was lost, with all that it holds
    EndDevice {
        /// The document of its user
        document: String,
        /// Why, for whoever asks later
        #[arg(long)]
        reason: String,
    },
}

#[derive(Args)]
pub(super) struct Pair {
    /// The document of who is to hold: the number of an ID card, travel permit or passport
    asker: String,
    /// The document of whose codes they are
    relative: String,
    /// Why, for whoever asks later
    #[arg(long)]
    reason: String,
}

#[derive(Args)]
pub(super) struct Kinship {
    /// The guardian's document
    guardian: String,
    /// The child's document; of one without any: GUARDIAN/NAME/2026-10-01
    child: String,
    /// Why, for whoever asks later
    #[arg(long)]
    reason: String,
}

pub(super) fn run(issuer: &Issuer, command: &FamilyCommand) -> Result<(), Error> {
    let changed = match command {
        FamilyCommand::Consent(pair) => {
            let (asker, relative) = (person(issuer, &pair.asker)?, person(issuer, &pair.relative)?);
            issuer.record_consent(asker, relative, &pair.reason)?;
            true
        }
        FamilyCommand::Withdraw(pair) => {
            let (asker, relative) = (person(issuer, &pair.asker)?, person(issuer, &pair.relative)?);
            issuer.withdraw_consent(asker, relative, &pair.reason)?
        }
        FamilyCommand::KinshipEnd(Kinship { guardian, child, reason }) => {
            issuer.end_kinship(person(issuer, guardian)?, person(issuer, child)?, reason)?
        }
        FamilyCommand::KinshipRestore(Kinship { guardian, child, reason }) => {
            issuer.restore_kinship(person(issuer, guardian)?, person(issuer, child)?, reason)?
        }
        FamilyCommand::EndDevice { document, reason } => {
            issuer.end_device(person(issuer, document)?, reason)?
        }
    };
    if changed {
        Ok(())
    } else {
        Err("没有可变更的对象 / there is nothing of that kind to change".into())
    }
}

/// The person whom an operator means: the number of a document, or, for a child without any,
/// `GUARDIAN/NAME/BIRTH-DATE`. It is not said again: numbers and names do not belong into logs.
pub(super) fn person(issuer: &Issuer, whom: &str) -> Result<Slot, Error> {
    let found = match whom.split('/').collect::<Vec<_>>().as_slice() {
        [guardian, name, birth_date] => {
            issuer.children_of(person(issuer, guardian)?, name, birth_date)?
        }
        _ => issuer.with_document(whom)?,
    };
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err("登记册中没有此人 / the register has no such person".into()),
        _ => Err("登记册中有多人符合 / several people in the register are meant by this".into()),
    }
}

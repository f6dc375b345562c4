//! Showing and changing the policy.

use clap::Subcommand;
use serde::de::DeserializeOwned;
use serde_json::Value;
use suima_code::Policy;
use suima_issuer::Issuer;

use super::Error;

#[derive(Subcommand)]
pub(super) enum PolicyCommand {
    /// As JSON
    Show,
    /// Changes numbers and cells, and signs the policy anew: phones and stations take it at their next refresh
    Set {
        /// `nucleic_acid_days=31`, or a cell of the table: `paper.gate=refused`.
        ///
        /// Rows: nucleic-acid, paper, live, relative, id-card. Places: sampling, gate, manual-check.
        /// Cells: refused, accepted, with-id-card, ask-issuer
        #[arg(required = true, value_name = "NAME=VALUE")]
        changes: Vec<String>,
    },
}

pub(super) fn run(issuer: &Issuer, command: &PolicyCommand) -> Result<(), Error> {
    match command {
        PolicyCommand::Show => {
            println!("{}", serde_json::to_string_pretty(&issuer.policy()?)?);
        }
        PolicyCommand::Set { changes } => {
            let policy = changes.iter().try_fold(issuer.policy()?, changed)?;
            println!("{}", issuer.set_policy(policy)?.version);
        }
    }
    Ok(())
}

fn changed(mut policy: Policy, change: &String) -> Result<Policy, Error> {
    let unknown = || {
        format!(
            "没有这一项或取值不对：{change} / no such number or cell, or not its value: {change}"
        )
    };
    let (name, value) = change.split_once('=').ok_or_else(unknown)?;
    if let Some((row, place)) = name.split_once('.') {
        let (row, place) = (word(row).ok_or_else(unknown)?, word(place).ok_or_else(unknown)?);
        return Ok(policy.with(row, place, word(value).ok_or_else(unknown)?));
    }
    let mut limits = serde_json::to_value(policy.limits)?;
    let number = limits.get_mut(name).ok_or_else(unknown)?;
    *number = value.parse::<u32>().map_err(|_| unknown())?.into();
    policy.limits = serde_json::from_value(limits)?;
    Ok(policy)
}

fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(Value::String(text.to_owned())).ok()
}

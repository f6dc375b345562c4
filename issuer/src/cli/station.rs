//! Commands about stations.

use clap::Args;
use suima_issuer::Issuer;

use super::Error;

#[derive(Args)]
pub(super) struct End {
    /// What people call it, or its name in signatures
    name: String,
    /// Why, for whoever asks later
    #[arg(long)]
    reason: String,
}

pub(super) fn end(issuer: &Issuer, end: &End) -> Result<(), Error> {
    let ended = issuer.end_station(&end.name, &end.reason)?;
    if ended.is_empty() {
        return Err(format!(
            "没有在用的检验设备叫“{name}” / no station in use is called {name}",
            name = end.name
        )
        .into());
    }
    for keyid in ended {
        println!("{keyid}");
    }
    Ok(())
}

pub(super) fn conflicts(issuer: &Issuer) -> Result<(), Error> {
    for found in issuer.registration_conflicts()? {
        let ((id, station), (other, other_station)) = (found.entry, found.with);
        println!("{:?}: {id} ({station}) / {other} ({other_station})", found.conflict);
    }
    Ok(())
}

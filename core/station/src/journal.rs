//! The journal in the store: entries appended and read, receipts beside them.

use rusqlite::{Connection, Transaction, params};
use suima_client::wire::{Entry, Event, Receipt, ReceiptOutcome};
use suima_device::Sealer;

use crate::Error;
use crate::book::Recorded;
use crate::view::{ConflictView, NotInRegister};

const ENTRY: &str = "entry";
const RECEIPT: &str = "receipt";

/// Appends an entry, sealed for its id.
pub(crate) fn append(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    recorded: &Recorded,
) -> Result<(), Error> {
    let id = &recorded.entry.id;
    let content = sealer.seal_json(ENTRY, id.as_bytes(), recorded)?;
    transaction
        .prepare_cached("INSERT INTO entry (id, content) VALUES (?1, ?2)")?
        .execute(params![id, content])?;
    Ok(())
}

/// Gives every entry to `take`, oldest first.
pub(crate) fn replay(
    connection: &Connection,
    sealer: &Sealer,
    mut take: impl FnMut(&Recorded),
) -> Result<(), Error> {
    let mut statement = connection.prepare("SELECT id, content FROM entry ORDER BY position")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(&open(sealer, &row.get::<_, String>(0)?, &row.get::<_, Vec<u8>>(1)?)?);
    }
    Ok(())
}

fn open(sealer: &Sealer, id: &str, content: &[u8]) -> Result<Recorded, Error> {
    Ok(sealer.open_json(ENTRY, id.as_bytes(), content)?)
}

/// The entries that have no receipt, oldest first, `most` at most.
pub(crate) fn waiting(
    connection: &Connection,
    sealer: &Sealer,
    most: usize,
) -> Result<Vec<Entry>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, content FROM entry \
         WHERE NOT EXISTS (SELECT 1 FROM receipt WHERE receipt.position = entry.position) \
         ORDER BY position LIMIT ?1",
    )?;
    let mut rows = statement.query([i64::try_from(most).unwrap_or(i64::MAX)])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let recorded = open(sealer, &row.get::<_, String>(0)?, &row.get::<_, Vec<u8>>(1)?)?;
        entries.push(recorded.entry);
    }
    Ok(entries)
}

/// How many entries have no receipt.
pub(crate) fn count_waiting(connection: &Connection) -> Result<u32, Error> {
    Ok(connection
        .prepare_cached("SELECT (SELECT count(*) FROM entry) - (SELECT count(*) FROM receipt)")?
        .query_row([], |row| row.get(0))?)
}

/// Keeps a receipt beside its entry; the first one stays. Says whether it was the first.
pub(crate) fn acknowledge(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    receipt: &Receipt,
) -> Result<bool, Error> {
    let outcome = sealer.seal_json(RECEIPT, receipt.id.as_bytes(), &receipt.outcome)?;
    let conflict = is_for_people(&receipt.outcome);
    let kept = transaction
        .prepare_cached(
            "INSERT INTO receipt (position, conflict, outcome) \
             SELECT position, ?2, ?3 FROM entry WHERE id = ?1 \
             ON CONFLICT (position) DO NOTHING",
        )?
        .execute(params![receipt.id, conflict, outcome])?;
    Ok(kept > 0)
}

/// What the issuer found of entries, for people to look into, oldest first.
#[derive(Default)]
pub(crate) struct Findings {
    pub conflicts: Vec<ConflictView>,
    pub not_in_register: Vec<NotInRegister>,
}

/// All that the issuer found of entries, for people to look into.
pub(crate) fn findings(connection: &Connection, sealer: &Sealer) -> Result<Findings, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT entry.id, entry.content, receipt.outcome \
         FROM receipt JOIN entry USING (position) WHERE receipt.conflict = 1 ORDER BY position",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Findings::default();
    while let Some(row) = rows.next()? {
        let entry: String = row.get(0)?;
        let recorded = open(sealer, &entry, &row.get::<_, Vec<u8>>(1)?)?;
        let outcome = sealer.open_json(RECEIPT, entry.as_bytes(), &row.get::<_, Vec<u8>>(2)?)?;
        let at = recorded.entry.at;
        let barcode = match recorded.entry.event {
            Event::TubeOpened { barcode, .. }
            | Event::Registered { barcode, .. }
            | Event::RegisteredByIdCard { barcode, .. }
            | Event::RegisteredByHand { barcode, .. }
            | Event::Moved { barcode, .. } => Some(barcode),
            _ => None,
        };
        let name = recorded.person.map(|person| person.name.to_string());
        match outcome {
            ReceiptOutcome::Conflict { conflict, with } => {
                let view = ConflictView { entry, at, barcode, name, conflict, with };
                found.conflicts.push(view);
            }
            ReceiptOutcome::NotInRegister => {
                found.not_in_register.push(NotInRegister { entry, at, barcode, name });
            }
            ReceiptOutcome::Stored | ReceiptOutcome::Already => {}
        }
    }
    Ok(found)
}

/// Whether people have to look into it. In the file this stands as `conflict`.
pub(crate) fn is_for_people(outcome: &ReceiptOutcome) -> bool {
    matches!(outcome, ReceiptOutcome::Conflict { .. } | ReceiptOutcome::NotInRegister)
}

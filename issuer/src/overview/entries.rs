//! What stations sent, entry by entry: for looking into what is at odds.

use suima_client::wire::Entry;
use suima_code::UnixTime;

use crate::act::time;
use crate::{Error, Issuer, registrations};

/// An entry of a station's journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedEntry {
    /// The name of the station that sent it.
    pub station: String,
    /// When it came.
    pub received: UnixTime,
    /// As it was sent. Names and documents in it are not for logs.
    pub entry: Entry,
}

impl Issuer {
    /// What was sent under this id, in the order in which it came: more than one where the same id came with other content.
    pub fn entries(&self, id: &str) -> Result<Vec<ReceivedEntry>, Error> {
        self.0.look(|act| {
            let mut statement = act.db.prepare_cached(
                "SELECT name, received, content FROM entry
                 JOIN station ON station.keyid = entry.station WHERE id = ? ORDER BY number",
            )?;
            let mut rows = statement.query([id])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                let content: String = row.get("content")?;
                entries.push(ReceivedEntry {
                    station: row.get("name")?,
                    received: time(row, "received")?,
                    entry: registrations::parsed(&content)?,
                });
            }
            Ok(entries)
        })
    }
}

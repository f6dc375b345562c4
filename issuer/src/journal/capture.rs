//! What an act changes, row by row: gathered by triggers, so that no act can forget to tell it.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde_json::{Map, Value};

use crate::Error;

/// Tables that are not in the journal: what they hold is over before anybody could restore a database.
const LEFT_OUT: [&str; 7] = [
    // A request is too old to be played back after a minute.
    "nonce",
    // Sessions of browsers and terminals, what they ask and what they may print, end within minutes.
    "desk",
    "challenge",
    "ticket",
    "ticket_code",
    // A bound for one day, which begins anew.
    "lookup_count",
    // Where the database stands in the journal itself.
    "journal",
];

/// Columns whose change alone is no news: a credential can be made again as long as it is known until when the ones that
/// were made count. That stands in columns of their own.
const MADE_AGAIN: [(&str, &[&str]); 1] = [(
    "holding",
    &["credential", "credential_iat", "credential_colour", "credential_name", "credential_key"],
)];

struct Column {
    name: String,
    blob: bool,
    key: bool,
}

impl Column {
    /// The JSON of this column in the row `of`, as SQL.
    fn json(&self, of: &str) -> String {
        let value = format!("{of}.\"{}\"", self.name);
        if self.blob {
            // JSON has no bytes.
            format!("json_quote(iif({value} IS NULL, NULL, hex({value})))")
        } else {
            format!("json_quote({value})")
        }
    }

    /// `"name":value`, as SQL.
    fn member(&self, of: &str) -> String {
        format!("'\"{}\":' || {}", self.name, self.json(of))
    }
}

/// The columns of a table; where it names no key, with the one it has all the same.
fn columns(db: &Connection, table: &str) -> Result<Vec<Column>, Error> {
    let mut columns: Vec<Column> = db
        .prepare_cached("SELECT name, type, pk FROM pragma_table_info(?)")?
        .query_map([table], |row| {
            let (kind, key): (String, i64) = (row.get(1)?, row.get(2)?);
            Ok(Column { name: row.get(0)?, blob: kind == "BLOB", key: key > 0 })
        })?
        .collect::<Result<_, _>>()?;
    if !columns.is_empty() && columns.iter().all(|column| !column.key) {
        columns.push(Column { name: "rowid".to_owned(), blob: false, key: true });
    }
    Ok(columns)
}

fn object(members: impl IntoIterator<Item = String>) -> String {
    let members: Vec<String> = members.into_iter().collect();
    format!("'{{' || {} || '}}'", members.join(" || ',' || "))
}

/// From now on everything that this connection changes is gathered, for [`take`].
pub(super) fn install(db: &Connection) -> Result<(), Error> {
    // A row that is replaced is a row that is deleted: without this no trigger sees it.
    db.pragma_update(None, "recursive_triggers", true)?;
    db.execute_batch("CREATE TEMP TABLE redo (number INTEGER PRIMARY KEY, row TEXT NOT NULL)")?;
    let tables: Vec<String> = db
        .prepare(
            "SELECT name FROM main.sqlite_schema
             WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in tables.iter().filter(|table| !LEFT_OUT.contains(&table.as_str())) {
        db.execute_batch(&triggers(table, &columns(db, table)?))?;
    }
    Ok(())
}

fn triggers(table: &str, columns: &[Column]) -> String {
    let made_again: &[&str] =
        MADE_AGAIN.iter().find(|(of, _)| *of == table).map_or(&[], |(_, columns)| columns);
    let whole = object(columns.iter().map(|column| column.member("new")));
    let key = object(columns.iter().filter(|column| column.key).map(|column| column.member("old")));
    let news: Vec<&Column> =
        columns.iter().filter(|column| !made_again.contains(&column.name.as_str())).collect();
    let is_news: Vec<String> =
        news.iter().map(|column| format!("new.\"{0}\" IS NOT old.\"{0}\"", column.name)).collect();
    let changed: Vec<String> = news
        .iter()
        .zip(&is_news)
        .map(|(column, is_news)| format!("iif({is_news}, ',' || {}, '')", column.member("new")))
        .collect();
    let (is_news, changed) = (is_news.join(" OR "), changed.join(" || "));
    format!(
        "CREATE TEMP TRIGGER \"redo_insert_{table}\" AFTER INSERT ON main.\"{table}\" BEGIN
             INSERT INTO redo (row) VALUES ('[\"+\",\"{table}\",' || {whole} || ']');
         END;
         CREATE TEMP TRIGGER \"redo_update_{table}\" AFTER UPDATE ON main.\"{table}\"
         WHEN {is_news} BEGIN
             INSERT INTO redo (row) VALUES
                 ('[\"=\",\"{table}\",' || {key} || ',{{' || substr({changed}, 2) || '}}]');
         END;
         CREATE TEMP TRIGGER \"redo_delete_{table}\" AFTER DELETE ON main.\"{table}\" BEGIN
             INSERT INTO redo (row) VALUES ('[\"-\",\"{table}\",' || {key} || ']');
         END;"
    )
}

/// What the transaction has changed so far, each row as JSON; it is gathered no longer.
pub(super) fn take(db: &Connection) -> Result<Vec<String>, Error> {
    let rows: Vec<String> = db
        .prepare_cached("SELECT row FROM temp.redo ORDER BY number")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    if !rows.is_empty() {
        db.prepare_cached("DELETE FROM temp.redo")?.execute([])?;
    }
    Ok(rows)
}

/// Does again what [`take`] gathered. [`Error::Corrupt`] where it does not fit the database.
pub(super) fn replay(db: &Connection, rows: &[Value]) -> Result<(), Error> {
    for row in rows {
        let parts = row.as_array().map_or(&[][..], Vec::as_slice);
        let changed = match parts {
            [Value::String(what), Value::String(table), Value::Object(row)] if what == "+" => {
                insert(db, table, row)?
            }
            [Value::String(what), Value::String(table), Value::Object(key)] if what == "-" => {
                delete(db, table, key)?
            }
            [Value::String(what), Value::String(table), Value::Object(key), Value::Object(row)]
                if what == "=" =>
            {
                update(db, table, key, row)?
            }
            _ => 0,
        };
        if changed != 1 {
            return Err(MISFIT);
        }
    }
    Ok(())
}

const MISFIT: Error = Error::Corrupt("state of which the journal does not know");

/// Names and values of a row's columns, or of its key. A column that a newer program has done away with is passed over.
fn values(columns: &[Column], row: &Map<String, Value>) -> Result<Vec<(String, Sql)>, Error> {
    let known = columns.iter().filter_map(|column| Some((column, row.get(&column.name)?)));
    known.map(|(column, value)| Ok((format!("\"{}\"", column.name), sql(column, value)?))).collect()
}

fn sql(column: &Column, value: &Value) -> Result<Sql, Error> {
    match value {
        Value::Null => Ok(Sql::Null),
        Value::String(text) if column.blob => Ok(Sql::Blob(bytes(text).ok_or(MISFIT)?)),
        Value::String(text) => Ok(Sql::Text(text.clone())),
        Value::Number(number) => number.as_i64().map(Sql::Integer).ok_or(MISFIT),
        _ => Err(MISFIT),
    }
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

fn insert(db: &Connection, table: &str, row: &Map<String, Value>) -> Result<usize, Error> {
    let (names, values): (Vec<_>, Vec<_>) = values(&columns(db, table)?, row)?.into_iter().unzip();
    let (marks, names) = (vec!["?"; names.len()].join(", "), names.join(", "));
    let sql = format!("INSERT INTO \"{table}\" ({names}) VALUES ({marks})");
    Ok(db.prepare_cached(&sql)?.execute(params_from_iter(values))?)
}

fn update(
    db: &Connection,
    table: &str,
    key: &Map<String, Value>,
    row: &Map<String, Value>,
) -> Result<usize, Error> {
    let columns = columns(db, table)?;
    let (names, mut all): (Vec<_>, Vec<_>) = values(&columns, row)?.into_iter().unzip();
    if names.is_empty() {
        return Ok(1);
    }
    let (keys, wanted): (Vec<_>, Vec<_>) = values(&columns, key)?.into_iter().unzip();
    all.extend(wanted);
    let sql = format!(
        "UPDATE \"{table}\" SET {} = ? WHERE {} = ?",
        names.join(" = ?, "),
        keys.join(" = ? AND ")
    );
    Ok(db.prepare_cached(&sql)?.execute(params_from_iter(all))?)
}

fn delete(db: &Connection, table: &str, key: &Map<String, Value>) -> Result<usize, Error> {
    let (keys, wanted): (Vec<_>, Vec<_>) = values(&columns(db, table)?, key)?.into_iter().unzip();
    let sql = format!("DELETE FROM \"{table}\" WHERE {} = ?", keys.join(" = ? AND "));
    Ok(db.prepare_cached(&sql)?.execute(params_from_iter(wanted))?)
}

/// Every table and column that is left out is one.
#[cfg(test)]
pub(super) fn assert_exceptions_exist(db: &Connection) {
    for table in LEFT_OUT {
        assert!(!columns(db, table).unwrap().is_empty(), "{table}");
    }
    for (table, names) in MADE_AGAIN {
        let columns = columns(db, table).unwrap();
        for name in names {
            assert!(columns.iter().any(|column| column.name == *name), "{table}.{name}");
        }
    }
}

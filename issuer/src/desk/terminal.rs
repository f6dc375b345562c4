//! Self-service terminals: browsers that an operator's activation code made one.

use rusqlite::OptionalExtension as _;

use super::Terminal;
use super::session::{draw_secret, hash};
use crate::act::Act;
use crate::activation::{self, ATTEMPTS, GOOD_FOR, GROUP, LENGTH};
use crate::error::Failure;
use crate::{Error, Issuer, typed};

impl Issuer {
    /// Makes an activation code for the terminal that people will call `name`. An earlier one that was not used is void.
    /// A terminal of that name stays one until the code is used: then it is the browser that used it.
    pub fn terminal_activation(&self, name: &str) -> Result<String, Error> {
        let name = typed::name(name)?;
        self.0.act(|act| activation_code(act, name))
    }

    /// Ends a terminal: its browser is one no more, and its code is void. Whether there was one of that name.
    pub fn end_terminal(&self, name: &str) -> Result<bool, Error> {
        self.0.act(|act| {
            act.db.execute("DELETE FROM desk WHERE place = 'terminal' AND name = ?", [name])?;
            Ok(act.db.execute("DELETE FROM terminal WHERE name = ?", [name])? == 1)
        })
    }
}

fn activation_code(act: &Act<'_>, name: &str) -> Result<String, Error> {
    loop {
        let code = activation::characters(&act.random::<LENGTH>()?);
        let (selector, secret) = code.split_at(GROUP);
        let taken: bool = act.db.query_row(
            "SELECT EXISTS (SELECT 1 FROM terminal WHERE selector = ?)",
            [selector],
            |row| row.get(0),
        )?;
        if taken {
            continue;
        }
        act.db.execute(
            "INSERT INTO terminal (name, selector, hash, expires) VALUES (?, ?, ?, ?)
             ON CONFLICT (name) DO UPDATE SET selector = excluded.selector, hash = excluded.hash,
                 expires = excluded.expires, attempts = 0",
            (name, selector, activation::hash(selector, secret), act.now.plus(GOOD_FOR).get()),
        )?;
        return Ok(activation::grouped(&code, GROUP));
    }
}

/// Makes a terminal of a browser, which is to keep the second of what is answered; the first is the terminal's name.
pub(crate) fn enrol_terminal(
    act: &Act<'_>,
    code: &str,
) -> Result<Option<(String, String)>, Failure> {
    let Some(code) = activation::normal(code) else { return Ok(None) };
    let (selector, secret) = code.split_at(GROUP);
    let found: Option<(String, [u8; 32])> = act
        .db
        .query_row(
            "SELECT name, hash FROM terminal
             WHERE selector = ? AND expires > ? AND attempts < ?",
            (selector, act.now.get(), ATTEMPTS),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((name, wanted)) = found else { return Ok(None) };
    if activation::hash(selector, secret) != wanted {
        act.db.execute(
            "UPDATE terminal SET attempts = attempts + 1 WHERE selector = ?",
            [selector],
        )?;
        return Ok(None);
    }
    close_all(act, &name)?;
    let kept = draw_secret(act)?;
    act.db.execute(
        "UPDATE terminal SET selector = NULL, hash = NULL, expires = NULL, attempts = 0,
             secret = ?, set_up = ? WHERE name = ?",
        (hash(&kept), act.now.get(), &name),
    )?;
    Ok(Some((name, kept)))
}

/// The terminal whose browser keeps this.
pub(crate) fn terminal(act: &Act<'_>, secret: &str) -> Result<Option<Terminal>, Failure> {
    let terminal = act
        .db
        .prepare_cached("SELECT name FROM terminal WHERE secret = ?")?
        .query_row([hash(secret)], |row| Ok(Terminal { name: row.get(0)? }))
        .optional()?;
    Ok(terminal)
}

/// Ends whoever's session there is at a terminal.
fn close_all(act: &Act<'_>, name: &str) -> Result<(), Error> {
    act.db.execute("DELETE FROM desk WHERE place = 'terminal' AND name = ?", [name])?;
    Ok(())
}

//! Everything that is said to people, in Chinese and English, in one table.
//!
//! A sentence is a function: its arguments are what varies, and the compiler sees to it that both languages are there and
//! name the same things. The modules are the table's parts, one for each part of the product that speaks.
//! [`TABLE`] lists them all, for the tests that hold every sentence to the same rules: Chinese of some 40 characters at
//! most, and with each refusal the next step (R8).

#[macro_use]
mod table;
mod words;

pub use table::{Kind, Row, Sentence, Spoken};
pub use words::{day, duration, last_day, minute};

/// Every sentence there is.
pub const TABLE: &[&[Row]] = &[];

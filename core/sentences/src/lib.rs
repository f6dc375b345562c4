//! Everything that is said to people, in Chinese and English, in one table.
//!
//! A sentence is a function: its arguments are what varies, and the compiler sees to it that both languages are there and
//! name the same things. The modules are the table's parts, one for each part of the product that speaks.
//! [`TABLE`] lists them all, for the tests (`tests/table.rs`) that hold every sentence to the same rules: both languages
//! name the same things; Chinese is of 40 characters at most; a refusal is two sentences or more, of which the last is
//! the next step (R8), in Chinese one with 请, in English one that begins with a verb.

#[macro_use]
mod table;

pub mod operator;
pub mod pages;
pub mod problems;
pub mod reasons;
pub mod station;
pub mod wallet;
mod words;

pub use problems::describe_problem;
pub use reasons::describe;
pub use table::{Kind, Row, Sentence, Spoken};
pub use words::{day, duration, last_day, minute};

/// Every sentence there is.
pub const TABLE: &[&[Row]] = &[
    operator::ROWS,
    pages::ROWS,
    problems::ROWS,
    reasons::ROWS,
    station::ROWS,
    wallet::ROWS,
    wallet::desks::ROWS,
    wallet::family::ROWS,
];

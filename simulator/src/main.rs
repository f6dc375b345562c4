//! The whole city in a browser.

fn main() {}

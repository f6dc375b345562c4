//! The portal and the terminal in a real Chromium, with real wallets agreeing over real HTTP (R3, R4, R9; design section 8).
//!
//! They need Chromium and what `tests/browser/package.json` names, and so are left to `cargo xtask browser` and `cargo xtask test`,
//! which bring it.

#[path = "pages/keyboard.rs"]
mod keyboard;
#[path = "pages/portal.rs"]
mod portal;
#[path = "pages/safety.rs"]
mod safety;
#[path = "pages/terminal.rs"]
mod terminal;
#[path = "pages/visitor.rs"]
mod visitor;

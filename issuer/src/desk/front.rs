//! Desks for an adopter whose portal or terminal draws pages of its own.

use suima_client::wire::{AskedAct, AskingPlace, ProblemId};
use suima_code::{IdNumber, Reason, Slot};

use super::{Card, Desk, DeskPerson, Progress, Shown, Wanted};
use crate::Issuer;
use crate::act::Act;
use crate::error::Failure;
use crate::issuer::Inner;
use crate::people::HeldBy;

/// The desks of a city: what the pages under `/portal` and `/terminal` stand on.
///
/// Every method but [`Desks::open`] takes the secret that the browser keeps. A desk that was closed, or not used for too
/// long, is refused as [`ProblemId::NotAllowed`].
#[derive(Clone, Copy)]
pub struct Desks<'a>(&'a Inner);

impl Issuer {
    /// Its desks.
    pub fn desks(&self) -> Desks<'_> {
        Desks(&self.0)
    }
}

impl Desks<'_> {
    fn act<T>(self, act: impl FnOnce(&Act<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        self.0.acted(act)
    }

    fn at<T>(
        self,
        secret: &str,
        act: impl FnOnce(&Act<'_>, &Desk) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.act(|this| {
            let desk = super::find(this, secret)?.ok_or(ProblemId::NotAllowed)?;
            act(this, &desk)
        })
    }

    /// Opens a desk at the portal, for a browser of which `name` is known, and says what the browser is to keep: 256
    /// random bits in hexadecimal.
    pub fn open(&self, name: &str) -> Result<String, Failure> {
        self.act(|act| Ok(super::open(act, AskingPlace::Portal, name)?.1))
    }

    /// Opens a desk at the terminal that keeps `terminal`, for the next person who steps up to it.
    pub fn open_at_terminal(&self, terminal: &str) -> Result<String, Failure> {
        self.act(|act| {
            let terminal = super::terminal(act, terminal)?.ok_or(ProblemId::NotAllowed)?;
            Ok(super::open(act, AskingPlace::Terminal, &terminal.name)?.1)
        })
    }

    /// Makes a terminal of a browser that shows an operator's activation code. The name of the terminal, and what the
    /// browser is to keep for [`Desks::open_at_terminal`].
    pub fn enrol_terminal(&self, activation_code: &str) -> Result<(String, String), Failure> {
        self.act(|act| {
            let enrolled = super::enrol_terminal(act, activation_code)?;
            Ok(enrolled.ok_or(ProblemId::ActivationRefused)?)
        })
    }

    /// The desk as it is now.
    pub fn find(&self, secret: &str) -> Result<Desk, Failure> {
        self.at(secret, |_, desk| Ok(desk.clone()))
    }

    /// Ends the desk.
    pub fn close(&self, secret: &str) -> Result<(), Failure> {
        self.at(secret, super::close)
    }

    /// Shows a challenge by which somebody logs in. By itself that grants nothing but [`Desks::people`].
    pub fn log_in(&self, secret: &str) -> Result<Shown, Failure> {
        self.at(secret, super::log_in)
    }

    /// Takes an ID card from a terminal's reader. Whether its holder is logged in now.
    pub fn card(&self, secret: &str, id_number: &IdNumber) -> Result<bool, Failure> {
        self.at(secret, |act, desk| super::card(act, desk, id_number))
    }

    /// Takes a live code shown to a terminal, which begins and never authorises: its phone is asked. Or says why it
    /// is not taken.
    pub fn live_code(&self, secret: &str, text: &str) -> Result<Result<(), Reason>, Failure> {
        self.at(secret, |act, desk| super::live_code(act, desk, text))
    }

    /// For whom the user may ask; nobody before somebody is logged in.
    pub fn people(&self, secret: &str) -> Result<Vec<DeskPerson>, Failure> {
        self.at(secret, super::people)
    }

    /// What an act would do now, and what it voids (R9).
    pub fn preview(&self, secret: &str, wanted: &Wanted) -> Result<AskedAct, Failure> {
        self.at(secret, |act, desk| super::preview(act, desk, wanted))
    }

    /// Asks for an act, to be confirmed on a phone.
    pub fn ask(&self, secret: &str, wanted: &Wanted) -> Result<Shown, Failure> {
        self.at(secret, |act, desk| super::ask(act, desk, wanted))
    }

    /// Does what the page showed, where an ID card was read at a terminal.
    pub fn by_card(&self, secret: &str, asked: &AskedAct) -> Result<Progress, Failure> {
        self.at(secret, |act, desk| super::by_card(act, desk, asked))
    }

    /// Takes back what was asked last, so that no phone can agree to it any more. Whether it was in time: what was
    /// answered stands.
    pub fn cancel(&self, secret: &str) -> Result<bool, Failure> {
        self.at(secret, super::cancel)
    }

    /// Who holds or may hold the codes of whose ID card was read, longest first; nobody where none was.
    pub fn holders(&self, secret: &str) -> Result<Vec<HeldBy>, Failure> {
        self.at(secret, super::holders)
    }

    /// Ends what `holder` holds of whose ID card was read, and takes back the consent to it. What was ended.
    pub fn end_holding(&self, secret: &str, holder: Slot) -> Result<HeldBy, Failure> {
        self.at(secret, |act, desk| super::end_holding(act, desk, holder))
    }

    /// How far what was asked last has come.
    pub fn progress(&self, secret: &str) -> Result<Progress, Failure> {
        self.at(secret, super::progress)
    }

    /// What a ticket lets this desk print, for ten minutes.
    pub fn sheet(&self, secret: &str, ticket: &str) -> Result<Option<Vec<Card>>, Failure> {
        self.at(secret, |act, desk| super::sheet(act, desk, ticket))
    }
}

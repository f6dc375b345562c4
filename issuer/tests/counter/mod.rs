//! A desk, as its page uses it, and a phone that answers what it asks.

#![allow(dead_code, reason = "each test file uses a part of it")]

use suima_client::wire::{
    Challenge, ChallengeRequest, ConfirmRequest, ConfirmResponse, Confirmed, ProblemId, path,
};
use suima_code::{IdNumber, Slot};
use suima_issuer::{Card, Desks, Failure, Progress, ShownChallenge, Wanted};

use crate::support::{City, Phone, id_number};

pub const MOTHER: &str = "19800203";
pub const SON: &str = "20200101";
pub const GRANDMOTHER: &str = "19551130";

/// Wang Fang, her son whose code she holds, her phone; and a stranger with a phone.
pub struct Town<'a> {
    pub mother: Phone<'a>,
    pub mother_slot: Slot,
    pub son: Slot,
    pub stranger: Phone<'a>,
    pub stranger_slot: Slot,
}

pub async fn town(city: &City) -> Town<'_> {
    let mother_slot = city.person(MOTHER, 1, "王小芳");
    let son = city.person(SON, 1, "王小一");
    city.kin(&id_number(MOTHER, 1), &id_number(SON, 1));
    let mother = city.phone(mother_slot).await;
    mother.hold(son, &city.key()).await.unwrap();
    let stranger_slot = city.person("19900101", 1, "李大雷");
    let stranger = city.phone(stranger_slot).await;
    Town { mother, mother_slot, son, stranger, stranger_slot }
}

/// A desk, and the city it is in.
pub struct Counter<'a> {
    pub city: &'a City,
    pub secret: String,
}

/// Makes a terminal, and says what its browser keeps.
pub fn terminal(city: &City, name: &str) -> String {
    let code = city.issuer.terminal_activation(name).unwrap();
    let (named, secret) = city.issuer.desks().enrol_terminal(&code).unwrap();
    assert_eq!(named, name);
    secret
}

pub fn number(birth: &str, n: u32) -> IdNumber {
    IdNumber::parse(&id_number(birth, n)).unwrap()
}

/// What a refusal says.
pub fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> ProblemId {
    match result.unwrap_err() {
        Failure::Refused(id) => id,
        Failure::Failed(error) => panic!("{error}"),
    }
}

impl<'a> Counter<'a> {
    pub fn portal(city: &'a City) -> Self {
        Self { city, secret: city.issuer.desks().open("Firefox").unwrap() }
    }

    pub fn at(city: &'a City, terminal: &str) -> Self {
        Self { city, secret: city.issuer.desks().open_at_terminal(terminal).unwrap() }
    }

    /// At a new terminal, with the card of the `n`th who was born on `birth`.
    pub fn with_card(city: &'a City, birth: &str, n: u32) -> Self {
        let counter = Self::at(city, &terminal(city, "徐汇一号厅"));
        assert!(counter.desks().card(&counter.secret, &number(birth, n)).unwrap());
        counter
    }

    /// At the portal, logged in with this phone.
    pub async fn with_phone(city: &'a City, phone: &Phone<'_>) -> Self {
        let counter = Self::portal(city);
        let shown = counter.desks().log_in(&counter.secret).unwrap();
        assert_eq!(agree(phone, &shown).await, Confirmed::Done);
        counter
    }

    pub fn desks(&self) -> Desks<'_> {
        self.city.issuer.desks()
    }

    pub fn progress(&self) -> Progress {
        self.desks().progress(&self.secret).unwrap()
    }

    pub fn ask(&self, wanted: &Wanted) -> ShownChallenge {
        self.desks().ask(&self.secret, wanted).unwrap()
    }

    /// Looks, and agrees by the card in the reader.
    pub fn by_card(&self, wanted: &Wanted) -> Progress {
        let asked = self.desks().preview(&self.secret, wanted).unwrap();
        self.desks().by_card(&self.secret, &asked).unwrap()
    }

    /// What is printed of what was done.
    pub fn sheet(&self, progress: &Progress) -> Vec<Card> {
        let Progress::Done { ticket: Some(ticket), .. } = progress else {
            panic!("nothing to print: {progress:?}")
        };
        self.desks().sheet(&self.secret, ticket).unwrap().unwrap()
    }

    /// The paper code that the card agrees to have made, printed.
    pub fn applied(&self, slot: Slot) -> Card {
        let mut cards = self.sheet(&self.by_card(&Wanted::ApplyPaper { slot }));
        assert_eq!(cards.len(), 1);
        cards.remove(0)
    }
}

/// Scans what is shown.
pub async fn scan(phone: &Phone<'_>, shown: &ShownChallenge) -> Result<Challenge, ProblemId> {
    assert_eq!(shown.text, format!("SMC1:{}", shown.id));
    phone.0.call(path::CHALLENGE, &ChallengeRequest { id: shown.id.clone() }).await
}

/// Answers a challenge as the phone showed it.
pub async fn answer(phone: &Phone<'_>, challenge: &Challenge, agree: bool) -> Confirmed {
    let request = ConfirmRequest { id: challenge.id.clone(), agree, act: challenge.act.clone() };
    confirm(phone, &phone.0.city.random.hex(), &request).await.unwrap()
}

pub async fn confirm(
    phone: &Phone<'_>,
    key: &str,
    request: &ConfirmRequest,
) -> Result<Confirmed, ProblemId> {
    let answer: ConfirmResponse = phone.0.call_as(path::CONFIRM, request, key).await?;
    Ok(answer.outcome)
}

/// Scans and agrees, having compared the digits.
pub async fn agree(phone: &Phone<'_>, shown: &ShownChallenge) -> Confirmed {
    let challenge = scan(phone, shown).await.unwrap();
    assert_eq!((&challenge.check, &challenge.act), (&shown.check, &shown.act));
    answer(phone, &challenge, true).await
}

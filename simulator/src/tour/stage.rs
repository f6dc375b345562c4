//! What every step of the tour does: let a moment pass, act, compare, print and record.

use std::path::Path;
use std::sync::Arc;

use suima_code::qr::{Drawing, Medium, read_picture};
use suima_code::{LineKind, Place, UnixTime};
use suima_station::{Decision, Registration, ScanView};

use super::TourError;
use super::record::{Line, Record};
use crate::city::City;
use crate::clock::CityClock;
use crate::phone::Phone;
use crate::post::Post;

/// Seconds between two steps, about as people take.
const MOMENT: u32 = 5;
/// Pixels to a module of the pictures that are left.
const SCALE: u32 = 8;

/// A code as it was shown: what a camera sees of it, and the file it was left in.
#[derive(Clone, Debug)]
pub struct Card {
    /// The text in it.
    pub text: String,
    /// The picture's file name.
    pub file: String,
}

/// What the rules say about a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Accepted.
    Accepted,
    /// Refused, for the reason with this id.
    Refused(&'static str),
}

/// The city, two posts and the record.
#[derive(Debug)]
pub struct Stage {
    /// The city.
    pub city: City,
    /// The post that syncs whenever it can.
    pub north: Arc<Post>,
    /// Another post, which will have no network when it matters.
    pub south: Arc<Post>,
    record: Record,
    steps: u32,
    /// Seconds that pass after a step.
    moment: u32,
}

impl Stage {
    /// A new city below `home`, and an empty record in `out`.
    pub async fn set(home: &Path, out: &Path, at: UnixTime) -> Result<Self, TourError> {
        let record = Record::begin(out)?;
        let city = City::open(home, CityClock::standing(at)).await?;
        let (north, south) =
            (Arc::new(city.post("north").await?), Arc::new(city.post("south").await?));
        Ok(Self { city, north, south, record, steps: 0, moment: MOMENT })
    }

    /// How many steps there were.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// The city's time.
    pub fn now(&self) -> UnixTime {
        self.city.clock.now()
    }

    /// Both phones, with a word for whose they are.
    pub fn phones(&self) -> [(Arc<Phone>, &'static str); 2] {
        [(Arc::clone(&self.city.mother), "mother"), (Arc::clone(&self.city.father), "father")]
    }

    /// Both posts, with a word for where they are.
    pub fn posts(&self) -> [(Arc<Post>, &'static str); 2] {
        [(Arc::clone(&self.north), "north"), (Arc::clone(&self.south), "south")]
    }

    /// Whether a moment passes after each step. Where it does not, several things are true of one second.
    pub fn let_time_pass(&mut self, passes: bool) {
        self.moment = if passes { MOMENT } else { 0 };
    }

    /// Moves the time to `at`, if that is still to come.
    pub fn forward_to(&self, at: UnixTime) {
        self.city.clock.forward(u32::try_from(at.since(self.now())).unwrap_or(0));
    }

    /// A step that no verifier judged.
    pub fn done(
        &mut self,
        step: &str,
        purpose: &str,
        card: Option<&Card>,
        detail: &str,
    ) -> Result<(), TourError> {
        let code = card.map(|card| card.file.as_str());
        self.note(step, code, purpose, "done", None, detail)
    }

    /// Leaves a code that a screen shows, and says so.
    pub fn show(&mut self, step: &str, text: &str, detail: &str) -> Result<Card, TourError> {
        let drawing = Drawing::new(text, Medium::Screen)
            .map_err(|error| self.unexpected(step, "a QR code", &error.to_string()))?;
        self.picture(step, "show", text, &drawing.png(SCALE), detail)
    }

    /// Leaves a code that a printer prints, at the level of paper.
    pub fn print(&mut self, step: &str, text: &str, detail: &str) -> Result<Card, TourError> {
        let drawing = Drawing::new(text, Medium::Paper)
            .map_err(|error| self.unexpected(step, "a QR code", &error.to_string()))?;
        self.picture(step, "print", text, &drawing.png(SCALE), detail)
    }

    /// Leaves a picture of a code, which must be read back to `text`.
    pub fn picture(
        &mut self,
        step: &str,
        purpose: &str,
        text: &str,
        picture: &[u8],
        detail: &str,
    ) -> Result<Card, TourError> {
        let read = read_picture(picture)
            .map_err(|error| self.unexpected(step, "a picture of a code", &error.to_string()))?;
        self.same(step, text, &read)?;
        let file = self.record.code(step, text, picture)?;
        let card = Card { text: read, file };
        self.done(step, purpose, Some(&card), detail)?;
        Ok(card)
    }

    /// Shows a code at a place of the northern post, which binds nobody.
    pub fn check(
        &mut self,
        step: &str,
        card: &Card,
        place: Place,
        expected: Expected,
    ) -> Result<(), TourError> {
        let view = self.north.station().decide(&card.text, place)?;
        self.judged(step, card, place, expected, &view)
    }

    /// The same at the southern post.
    pub fn check_in_the_south(
        &mut self,
        step: &str,
        card: &Card,
        place: Place,
        expected: Expected,
    ) -> Result<(), TourError> {
        let view = self.south.station().decide(&card.text, place)?;
        self.judged(step, card, place, expected, &view)
    }

    /// Binds whoever shows the code to the tube of the northern post.
    pub fn register(&mut self, step: &str, card: &Card) -> Result<(), TourError> {
        let registration = self.north.station().register(&card.text)?;
        let said = registration.said().en;
        if !matches!(registration, Registration::Registered(_)) {
            return Err(self.unexpected(step, "registered", &said));
        }
        self.note(step, Some(&card.file), word(Place::Sampling), "accepted", None, &said)
    }

    /// Whoever shows the code is in the tube already, and is not put there again.
    pub fn already_registered(&mut self, step: &str, card: &Card) -> Result<(), TourError> {
        let registration = self.north.station().register(&card.text)?;
        let said = registration.said().en;
        if !matches!(registration, Registration::AlreadyInTube { .. }) {
            return Err(self.unexpected(step, "already in the tube", &said));
        }
        self.done(step, "register", Some(card), &said)
    }

    fn judged(
        &mut self,
        step: &str,
        card: &Card,
        place: Place,
        expected: Expected,
        view: &ScanView,
    ) -> Result<(), TourError> {
        let (verdict, reason, detail) = match &view.decision {
            Decision::Accepted { cautions } => {
                let name = view.shown.as_ref().map(|shown| shown.name.clone());
                let said = cautions.iter().map(|caution| caution.said().en);
                ("accepted", None, name.into_iter().chain(said).collect::<Vec<_>>().join(". "))
            }
            Decision::Refused { reason, said } => ("refused", Some(reason.id()), said.en.clone()),
        };
        let as_expected = match expected {
            Expected::Accepted => reason.is_none(),
            Expected::Refused(id) => reason == Some(id),
        };
        if !as_expected {
            let actual = format!("{verdict} {} {detail}", reason.unwrap_or_default());
            return Err(self.unexpected(step, &format!("{expected:?}"), actual.trim()));
        }
        self.note(step, Some(&card.file), word(place), verdict, reason, &detail)
    }

    fn note(
        &mut self,
        step: &str,
        code: Option<&str>,
        purpose: &str,
        verdict: &str,
        reason: Option<&str>,
        detail: &str,
    ) -> Result<(), TourError> {
        self.steps += 1;
        let outcome = [Some(verdict), reason].into_iter().flatten().collect::<Vec<_>>().join(" ");
        println!("{:2}  {step:<34} {outcome:<20} {detail}", self.steps);
        let at = self.now();
        self.record.line(&Line { step, at, code, purpose, verdict, reason, detail })?;
        self.city.clock.forward(self.moment);
        Ok(())
    }

    /// Two things that the rules say are equal.
    pub fn same(&self, step: &str, expected: &str, actual: &str) -> Result<(), TourError> {
        if expected == actual { Ok(()) } else { Err(self.unexpected(step, expected, actual)) }
    }

    /// A step came out otherwise than the rules say.
    #[expect(clippy::unused_self, reason = "read as one of the steps' words")]
    pub fn unexpected(&self, step: &str, expected: &str, actual: &str) -> TourError {
        TourError::Unexpected {
            step: step.to_owned(),
            expected: expected.to_owned(),
            actual: actual.to_owned(),
        }
    }

    /// Leaves the newest full list of each kind, under a name that tells kind and sequence: lists leave out what has
    /// expired, so that one moment's do not say all.
    pub fn leave_lists(&self) -> Result<(), TourError> {
        for list in self.city.issuer.publish_lists()? {
            let kind = match list.kind {
                LineKind::NucleicAcid => "nucleic-acid",
                LineKind::Paper => "paper",
                LineKind::Person => "person",
                LineKind::Holding => "holding",
            };
            let name = format!("lists/{kind}-{}-{}.cwt", list.sequence, self.now());
            self.record.document(&name, &list.full)?;
        }
        Ok(())
    }

    /// Leaves the root key and the newest signed documents.
    pub fn leave_documents(&self) -> Result<(), TourError> {
        let issuer = &self.city.issuer;
        let (trust, policy) = issuer.documents()?;
        self.record.key("root.pub", &issuer.roots()?.hot.to_bytes())?;
        self.record.document("trust.cwt", &trust)?;
        self.record.document("policy.cwt", &policy)?;
        self.leave_lists()
    }
}

/// A place as the story names it.
fn word(place: Place) -> &'static str {
    match place {
        Place::Sampling => "sampling",
        Place::Gate => "gate",
        Place::ManualCheck => "manual-check",
    }
}

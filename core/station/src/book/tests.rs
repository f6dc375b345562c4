//! The fold and its rules, under any order of events.

use std::collections::BTreeSet;

use proptest::prelude::*;
use suima_client::wire::Validity;
use suima_code::{IdNumber, Slot};

use super::*;

/// What somebody tries at a station. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Attempt {
    Session,
    HandOver,
    Tube { barcode: u8, capacity: u8 },
    Register { tube: usize, slot: u32, presented: Presented },
    IdCard { tube: usize, card: usize },
    ByHand { tube: usize, document: Option<u8> },
    Move { registration: usize, tube: usize },
    Undo { registration: usize },
    Seal { tube: usize, swabs: u8, explained: bool },
}

/// Sound numbers of a district that does not exist.
const CARDS: [&str; 3] = ["310199198803140020", "310199198607020013", "310199199101300063"];

fn attempt() -> impl Strategy<Value = Attempt> {
    let presented = prop::sample::select(vec![
        Presented::NucleicAcid,
        Presented::Live,
        Presented::Relative,
        Presented::Paper,
    ]);
    prop_oneof![
        1 => Just(Attempt::Session),
        1 => Just(Attempt::HandOver),
        4 => (0..8_u8, prop::sample::select(vec![1_u8, 2, 5, 10]))
            .prop_map(|(barcode, capacity)| Attempt::Tube { barcode, capacity }),
        12 => (0..3_usize, 0..8_u32, presented)
            .prop_map(|(tube, slot, presented)| Attempt::Register { tube, slot, presented }),
        3 => (0..3_usize, 0..CARDS.len()).prop_map(|(tube, card)| Attempt::IdCard { tube, card }),
        3 => (0..3_usize, prop::option::of(0..3_u8))
            .prop_map(|(tube, document)| Attempt::ByHand { tube, document }),
        5 => (0..40_usize, 0..3_usize)
            .prop_map(|(registration, tube)| Attempt::Move { registration, tube }),
        4 => (0..40_usize).prop_map(|registration| Attempt::Undo { registration }),
        2 => (0..3_usize, 0..6_u8, any::<bool>())
            .prop_map(|(tube, swabs, explained)| Attempt::Seal { tube, swabs, explained }),
    ]
}

/// A station without a store.
#[derive(Default)]
struct Desk {
    book: Book,
    journal: Vec<Recorded>,
    tubes: Vec<String>,
    registrations: Vec<String>,
}

impl Desk {
    /// A tube, counted from the newest.
    fn tube(&self, back: usize) -> String {
        let index = self.tubes.len().checked_sub(back + 1);
        index.map_or("none".to_owned(), |index| self.tubes[index].clone())
    }

    fn session(&self) -> String {
        self.book.session().map_or(String::new(), |session| session.id.clone())
    }

    fn event(&self, attempt: &Attempt) -> Event {
        let registration = |number: usize| self.registrations.get(number).cloned();
        match *attempt {
            Attempt::Session => {
                Event::SessionOpened { site: "Site".to_owned(), staff: "Staff".to_owned() }
            }
            Attempt::HandOver => {
                Event::HandedOver { session: self.session(), staff: "Other".to_owned() }
            }
            Attempt::Tube { barcode, capacity } => Event::TubeOpened {
                session: self.session(),
                barcode: format!("T-{barcode:03}"),
                capacity,
            },
            Attempt::Register { tube, slot, presented } => Event::Registered {
                tube: self.tube(tube),
                barcode: String::new(),
                slot: Slot(slot),
                presented,
                code_iat: UnixTime::new(1),
                validity: Validity::NotChecked,
            },
            Attempt::IdCard { tube, card } => Event::RegisteredByIdCard {
                tube: self.tube(tube),
                barcode: String::new(),
                id_number: IdNumber::parse(CARDS[card]).unwrap(),
                name: "沈若兰".to_owned(),
            },
            Attempt::ByHand { tube, document } => Event::RegisteredByHand {
                tube: self.tube(tube),
                barcode: String::new(),
                name: "Anna Smith".to_owned(),
                document: document.map(|number| format!("P{number}")),
                contact: "13800000000".to_owned(),
            },
            Attempt::Move { registration: number, tube } => Event::Moved {
                registration: registration(number).unwrap_or_default(),
                tube: self.tube(tube),
                barcode: String::new(),
                reason: "wrong tube".to_owned(),
            },
            Attempt::Undo { registration: number } => Event::Undone {
                registration: registration(number).unwrap_or_default(),
                reason: "wrong person".to_owned(),
            },
            Attempt::Seal { tube, swabs, explained } => Event::TubeSealed {
                tube: self.tube(tube),
                swabs,
                explanation: explained.then(|| "one swab dropped".to_owned()),
            },
        }
    }

    fn attempt(&mut self, event: Event) -> Result<String, Refusal> {
        self.book.allows(&event)?;
        let id = format!("{:032x}", self.journal.len());
        match event {
            Event::TubeOpened { .. } => self.tubes.push(id.clone()),
            _ if Who::bound_by(&event).is_some() => self.registrations.push(id.clone()),
            _ => {}
        }
        let at = UnixTime::new(u32::try_from(self.journal.len()).unwrap());
        let recorded = Recorded { entry: Entry { id: id.clone(), at, event }, person: None };
        self.book.apply(&recorded);
        self.journal.push(recorded);
        Ok(id)
    }

    fn try_all(&mut self, attempts: &[Attempt]) -> Vec<Result<String, Refusal>> {
        attempts.iter().map(|attempt| self.attempt(self.event(attempt))).collect()
    }

    /// Which registrations are in a tube, told from the journal by counting and nothing else.
    fn people(&self, tube: &str) -> BTreeSet<String> {
        let mut people = BTreeSet::new();
        for Recorded { entry, .. } in &self.journal {
            match &entry.event {
                Event::Moved { registration, tube: to, .. } => {
                    people.remove(registration);
                    if to == tube {
                        people.insert(registration.clone());
                    }
                }
                Event::Undone { registration, .. } => {
                    people.remove(registration);
                }
                event => {
                    if Who::bound_by(event).is_some_and(|(_, of)| of == tube) {
                        people.insert(entry.id.clone());
                    }
                }
            }
        }
        people
    }
}

fn fold(journal: &[Recorded]) -> Book {
    let mut book = Book::default();
    for recorded in journal {
        book.apply(recorded);
    }
    book
}

proptest! {
    #[test]
    fn the_rules_hold_whatever_is_tried(attempts in prop::collection::vec(attempt(), 1..160)) {
        let mut desk = Desk::default();
        let mut frozen: Vec<Tube> = Vec::new();
        for attempt in &attempts {
            let event = desk.event(attempt);
            let before = desk.book.clone();
            match desk.attempt(event.clone()) {
                Err(_) => prop_assert!(desk.book == before),
                Ok(_) => {
                    if let Event::TubeSealed { tube, .. } = &event {
                        frozen.push(desk.book.tubes[tube].clone());
                    }
                }
            }

            let open: BTreeSet<&String> = desk
                .book
                .tubes
                .values()
                .filter(|tube| tube.sealed.is_none())
                .map(|tube| &tube.id)
                .collect();
            prop_assert!(open.len() <= MOST_OPEN, "three tubes are open");
            prop_assert_eq!(&open, &desk.book.open.iter().collect());
            for (id, tube) in &desk.book.tubes {
                prop_assert!(CAPACITIES.contains(&tube.capacity));
                prop_assert!(tube.seats.len() == usize::from(tube.capacity), "over capacity");
                let seated: Vec<_> = tube.seats.iter().flatten().collect();
                for (number, one) in seated.iter().enumerate() {
                    let twice = seated[..number].iter().any(|other| other.who.is(&one.who));
                    prop_assert!(!twice, "somebody sits twice");
                }
                let people: BTreeSet<_> =
                    seated.iter().map(|seated| seated.registration.clone()).collect();
                prop_assert_eq!(people.len(), seated.len());
                prop_assert_eq!(people, desk.people(id));
                prop_assert!(
                    tube.sealed.is_some() || tube.session == desk.session(),
                    "a tube outlived its session",
                );
            }
            for tube in &frozen {
                prop_assert!(&desk.book.tubes[&tube.id] == tube, "a sealed tube changed");
            }
        }
        prop_assert!(fold(&desk.journal) == desk.book, "replay is not the live state");
    }

    #[test]
    fn whoever_is_undone_can_be_scanned_again(
        people in 1..=5_u32,
        undone in 0..5_u32,
    ) {
        let mut desk = Desk::default();
        let undone = undone % people;
        open(&mut desk, 5);
        for slot in 0..people {
            desk.attempt(register(&desk, slot)).unwrap();
        }
        let again = register(&desk, undone);
        let seat = u8::try_from(undone + 1).unwrap();
        prop_assert_eq!(desk.attempt(again.clone()), Err(Refusal::AlreadyInTube { seat }));
        let registration = desk.registrations[undone as usize].clone();
        desk.attempt(undo(&registration, "wrong person")).unwrap();
        prop_assert_eq!(
            desk.attempt(undo(&registration, "wrong person")),
            Err(Refusal::AlreadyUndone)
        );
        desk.attempt(again).unwrap();
        prop_assert_eq!(desk.book.tube().unwrap().seat_of(&slot(undone)), Some(seat));
    }

    #[test]
    fn a_move_and_a_move_back_leave_the_same_people_in_both_tubes(
        people in 1..=5_u32,
        moved in 0..5_usize,
    ) {
        let mut desk = Desk::default();
        let moved = moved % people as usize;
        open(&mut desk, 5);
        for slot in 0..people {
            desk.attempt(register(&desk, slot)).unwrap();
        }
        desk.attempt(desk.event(&Attempt::Tube { barcode: 2, capacity: 5 })).unwrap();
        let (first, second) = (desk.tube(1), desk.tube(0));
        let before = desk.people(&first);
        desk.attempt(desk.event(&Attempt::Move { registration: moved, tube: 0 })).unwrap();
        let id = desk.registrations[moved].clone();
        prop_assert_eq!(&desk.book.tube_of(&id).unwrap().id, &second);
        prop_assert_eq!(desk.people(&second), BTreeSet::from([id]));
        desk.attempt(desk.event(&Attempt::Move { registration: moved, tube: 1 })).unwrap();
        prop_assert_eq!(desk.people(&first), before);
        prop_assert_eq!(desk.book.tubes[&second].taken(), 0);
    }
}

fn slot(number: u32) -> Who {
    Who::Slot(Slot(number))
}

fn open(desk: &mut Desk, capacity: u8) {
    desk.attempt(desk.event(&Attempt::Session)).unwrap();
    desk.attempt(desk.event(&Attempt::Tube { barcode: 1, capacity })).unwrap();
}

fn register(desk: &Desk, slot: u32) -> Event {
    desk.event(&Attempt::Register { tube: 0, slot, presented: Presented::Live })
}

fn undo(registration: &str, reason: &str) -> Event {
    Event::Undone { registration: registration.to_owned(), reason: reason.to_owned() }
}

#[test]
fn a_move_is_refused_where_a_registration_would_be() {
    let mut desk = Desk::default();
    let register = |tube, slot| Attempt::Register { tube, slot, presented: Presented::Live };
    let tube = |barcode, capacity| Attempt::Tube { barcode, capacity };
    let done = desk.try_all(&[
        Attempt::Session,
        tube(1, 5),
        register(0, 7),
        register(0, 8),
        register(0, 9),
        Attempt::Undo { registration: 2 },
        tube(2, 1),
        register(0, 7),
    ]);
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    let mut refusal = |registration, tube| {
        let event = desk.event(&Attempt::Move { registration, tube });
        desk.attempt(event).unwrap_err()
    };
    assert_eq!(refusal(0, 1), Refusal::AlreadyInTube { seat: 1 }, "it is there");
    assert_eq!(refusal(0, 0), Refusal::AlreadyInTube { seat: 1 }, "the person is there");
    assert_eq!(refusal(1, 0), Refusal::TubeFull { capacity: 1 });
    assert_eq!(refusal(2, 0), Refusal::AlreadyUndone);
    assert_eq!(refusal(9, 0), Refusal::NoSuchRegistration);
    assert_eq!(refusal(1, 9), Refusal::NoSuchTube);

    desk.attempt(desk.event(&Attempt::Seal { tube: 0, swabs: 1, explained: false })).unwrap();
    let sealed = Refusal::TubeSealed { barcode: "T-002".to_owned() };
    for (registration, tube) in [(3, 1), (1, 0)] {
        let event = desk.event(&Attempt::Move { registration, tube });
        assert_eq!(desk.attempt(event), Err(sealed.clone()), "neither gives nor takes");
    }
}

#[test]
fn a_hand_over_changes_the_staff_and_keeps_the_tubes() {
    let mut desk = Desk::default();
    assert_eq!(desk.attempt(desk.event(&Attempt::HandOver)), Err(Refusal::NoSession));
    open(&mut desk, 5);
    desk.attempt(register(&desk, 7)).unwrap();
    let before = desk.book.tube().unwrap().clone();
    desk.attempt(desk.event(&Attempt::HandOver)).unwrap();
    let session = desk.book.session().unwrap();
    assert_eq!((session.site.as_str(), session.staff.as_str()), ("Site", "Other"));
    assert_eq!(desk.book.tube(), Some(&before));
    let blank = Event::HandedOver { session: session.id.clone(), staff: " ".to_owned() };
    assert_eq!(desk.attempt(blank), Err(Refusal::Text { field: Field::Staff }));
}

#[test]
fn the_same_card_and_the_same_document_are_refused_twice_in_a_tube() {
    let mut desk = Desk::default();
    open(&mut desk, 10);
    let (card, other) =
        (Attempt::IdCard { tube: 0, card: 0 }, Attempt::IdCard { tube: 0, card: 1 });
    let passport = Attempt::ByHand { tube: 0, document: Some(1) };
    let infant = Attempt::ByHand { tube: 0, document: None };
    let done = desk.try_all(&[
        card.clone(),
        other,
        passport.clone(),
        infant.clone(),
        infant,
        card,
        passport,
    ]);
    assert!(done[..5].iter().all(Result::is_ok), "{done:?}");
    assert_eq!(done[5], Err(Refusal::AlreadyInTube { seat: 1 }));
    assert_eq!(done[6], Err(Refusal::AlreadyInTube { seat: 3 }));
}

#[test]
fn texts_must_be_there_and_short() {
    let mut desk = Desk::default();
    open(&mut desk, 5);
    desk.attempt(register(&desk, 1)).unwrap();
    let registration = desk.registrations[0].clone();
    let long = "长".repeat(201);
    let by_hand = |name: &str, document: Option<&str>, contact: &str| Event::RegisteredByHand {
        tube: desk.tube(0),
        barcode: String::new(),
        name: name.to_owned(),
        document: document.map(ToOwned::to_owned),
        contact: contact.to_owned(),
    };
    for bad in ["", "  ", "a\nb", long.as_str()] {
        let refused = |field| Err(Refusal::Text { field });
        let allows = |event| desk.book.allows(&event);
        assert_eq!(allows(undo(&registration, bad)), refused(Field::Reason), "{bad:?}");
        assert_eq!(allows(by_hand(bad, None, "1")), refused(Field::Name), "{bad:?}");
        assert_eq!(allows(by_hand("A", Some(bad), "1")), refused(Field::Document), "{bad:?}");
        assert_eq!(allows(by_hand("A", None, bad)), refused(Field::Contact), "{bad:?}");
    }
    assert_eq!(desk.book.allows(&by_hand("A", Some("P1"), "1")), Ok(()));
    assert!(desk.attempt(undo(&registration, &"长".repeat(200))).is_ok());
}

#[test]
fn barcodes_are_of_one_shape() {
    for good in ["ABCD", "a-1-", "0123456789ABCDEF0123456789abcdef"] {
        assert_eq!(is_barcode(good), Ok(()), "{good}");
    }
    for bad in ["", "ABC", "ABCD EFGH", "ABCD_E", "\u{ff21}BCD", "ABCDE\u{301}", &"A".repeat(33)] {
        assert_eq!(is_barcode(bad), Err(Refusal::BarcodeMalformed), "{bad}");
    }
}

#[test]
fn another_day_is_not_today() {
    let mut desk = Desk::default();
    open(&mut desk, 5);
    let first = desk.tubes[0].clone();
    desk.attempt(register(&desk, 7)).unwrap();
    let at = |hours: u32| UnixTime::new(hours * 3600);
    assert_eq!(
        desk.book.elsewhere(&slot(7), "another", at(1)).map(|(barcode, _)| barcode),
        Some("T-001")
    );
    assert_eq!(desk.book.elsewhere(&slot(7), &first, at(1)), None);
    assert_eq!(desk.book.elsewhere(&slot(8), "another", at(1)), None);
    // The epoch is 08:00 in Shanghai, so its day ends after sixteen hours.
    assert!(desk.book.elsewhere(&slot(7), "another", at(15)).is_some());
    assert_eq!(desk.book.elsewhere(&slot(7), "another", at(16)), None);
    desk.attempt(undo(&desk.registrations[0].clone(), "wrong tube")).unwrap();
    assert_eq!(desk.book.elsewhere(&slot(7), "another", at(1)), None);
}

#[test]
fn what_book_and_journal_show_of_themselves_holds_no_name_and_no_number_of_a_document() {
    let mut desk = Desk::default();
    open(&mut desk, 5);
    desk.try_all(&[
        Attempt::IdCard { tube: 0, card: 0 },
        Attempt::ByHand { tube: 0, document: Some(1) },
    ]);
    let shown = format!("{:?} {:?}", desk.book, desk.journal);
    assert!(!shown.contains("Anna") && !shown.contains("沈若兰"), "{shown}");
    assert!(shown.contains("ByHand") && shown.contains("31**************20"), "{shown}");
    assert!(!shown.contains(CARDS[0]) && !shown.contains("\"P1\""), "{shown}");
}

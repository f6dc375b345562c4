//! The fold and its rules, under any order of events.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// What somebody tries at a station. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Attempt {
    Session,
    Tube { barcode: u8, capacity: u8 },
    Register { tube: usize, slot: u32, presented: Presented },
    Undo { registration: usize },
    Seal { tube: usize, swabs: u8, explained: bool },
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let presented = prop::sample::select(vec![
        Presented::NucleicAcid,
        Presented::Live,
        Presented::Relative,
        Presented::Paper,
    ]);
    prop_oneof![
        1 => Just(Attempt::Session),
        3 => (0..6_u8, prop::sample::select(vec![1_u8, 2, 5, 10]))
            .prop_map(|(barcode, capacity)| Attempt::Tube { barcode, capacity }),
        12 => (0..3_usize, 0..8_u32, presented)
            .prop_map(|(tube, slot, presented)| Attempt::Register { tube, slot, presented }),
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
    /// The event of an attempt; tubes are counted from the newest.
    fn event(&self, attempt: &Attempt) -> Event {
        let tube = |back: usize| {
            let index = self.tubes.len().checked_sub(back + 1);
            index.map_or("none".to_owned(), |index| self.tubes[index].clone())
        };
        match *attempt {
            Attempt::Session => {
                Event::SessionOpened { site: "Site".to_owned(), staff: "Staff".to_owned() }
            }
            Attempt::Tube { barcode, capacity } => Event::TubeOpened {
                session: self.book.session().map_or(String::new(), |session| session.id.clone()),
                barcode: format!("T-{barcode:03}"),
                capacity,
            },
            Attempt::Register { tube: back, slot, presented } => Event::Registered {
                tube: tube(back),
                barcode: String::new(),
                slot: Slot(slot),
                presented,
                code_iat: UnixTime::new(1),
                validity: Validity::NotChecked,
            },
            Attempt::Undo { registration } => Event::Undone {
                registration: self.registrations.get(registration).cloned().unwrap_or_default(),
                reason: "wrong person".to_owned(),
            },
            Attempt::Seal { tube: back, swabs, explained } => Event::TubeSealed {
                tube: tube(back),
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
            Event::Registered { .. } => self.registrations.push(id.clone()),
            _ => {}
        }
        let at = UnixTime::new(u32::try_from(self.journal.len()).unwrap());
        let recorded = Recorded { entry: Entry { id: id.clone(), at, event }, person: None };
        self.book.apply(&recorded);
        self.journal.push(recorded);
        Ok(id)
    }

    /// Who sits in a tube, told from the journal by counting and nothing else.
    fn people(&self, tube: &str) -> BTreeSet<(String, u32)> {
        let mut people = BTreeSet::new();
        for Recorded { entry, .. } in &self.journal {
            match &entry.event {
                Event::Registered { tube: of, slot, .. } if of == tube => {
                    people.insert((entry.id.clone(), slot.0));
                }
                Event::Undone { registration, .. } => people.retain(|(id, _)| id != registration),
                _ => {}
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
    fn the_rules_hold_whatever_is_tried(attempts in prop::collection::vec(attempt(), 1..120)) {
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

            let open = desk.book.tubes.values().filter(|tube| tube.sealed.is_none());
            prop_assert!(open.count() <= 1, "two tubes are open");
            for (id, tube) in &desk.book.tubes {
                prop_assert!(CAPACITIES.contains(&tube.capacity));
                prop_assert!(tube.seats.len() == usize::from(tube.capacity), "over capacity");
                let seated: Vec<_> = tube.seats.iter().flatten().collect();
                let slots: BTreeSet<_> = seated.iter().map(|seated| seated.slot).collect();
                prop_assert!(slots.len() == seated.len(), "somebody sits twice");
                let people: BTreeSet<_> = seated
                    .iter()
                    .map(|seated| (seated.registration.clone(), seated.slot.0))
                    .collect();
                prop_assert_eq!(people, desk.people(id));
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
        prop_assert_eq!(desk.book.tube().unwrap().seat_of(Slot(undone)), Some(seat));
    }
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
fn texts_must_be_there_and_short() {
    let mut desk = Desk::default();
    open(&mut desk, 1);
    desk.attempt(register(&desk, 1)).unwrap();
    let registration = desk.registrations[0].clone();
    let long = "长".repeat(201);
    for reason in ["", "  ", "a\nb", long.as_str()] {
        assert_eq!(
            desk.attempt(undo(&registration, reason)),
            Err(Refusal::Text { field: Field::Reason }),
            "{reason:?}"
        );
    }
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
        desk.book.elsewhere(Slot(7), "another", at(1)).map(|(barcode, _)| barcode),
        Some("T-001")
    );
    assert_eq!(desk.book.elsewhere(Slot(7), &first, at(1)), None);
    assert_eq!(desk.book.elsewhere(Slot(8), "another", at(1)), None);
    // The epoch is 08:00 in Shanghai, so its day ends after sixteen hours.
    assert!(desk.book.elsewhere(Slot(7), "another", at(15)).is_some());
    assert_eq!(desk.book.elsewhere(Slot(7), "another", at(16)), None);
    desk.attempt(undo(&desk.registrations[0].clone(), "wrong tube")).unwrap();
    assert_eq!(desk.book.elsewhere(Slot(7), "another", at(1)), None);
}

//! Regenerating against the network and against each other (R1; design section 4).

mod support;

use std::sync::Barrier;

use suima_client::wire::{ProblemId, Regeneration};
use suima_code::{Slot, StaticCode, UnixTime, read};
use support::{City, MORNING, Phone, id_number};

/// A child, and the phones of as many guardians, who all hold it.
async fn held_by(city: &City, guardians: u32) -> (Slot, Vec<Phone<'_>>) {
    city.limits(|limits| limits.holders_per_relative = 1000);
    let child = city.person("20200101", 1, "王一");
    let mut phones = Vec::new();
    for n in 1..=guardians {
        let guardian = city.person("19800203", n, &format!("家长{n}"));
        city.kin(&id_number("19800203", n), &id_number("20200101", 1));
        let phone = city.phone(guardian).await;
        phone.hold(child, &city.key()).await.unwrap();
        phones.push(phone);
    }
    (child, phones)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_at_once_one_makes_a_code_and_the_others_are_told_so() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 200).await;
    let first = phones[0].claim(child).await.unwrap().current.unwrap();
    let not_after = MORNING.plus(120);

    let (runtime, together) = (tokio::runtime::Handle::current(), Barrier::new(200));
    let asked: Vec<_> = std::thread::scope(|scope| {
        let asking: Vec<_> = phones
            .iter()
            .map(|phone| {
                let wish = city.random.hex();
                let (runtime, together, void) = (&runtime, &together, Some(first.made.iat));
                scope.spawn(move || {
                    let asked = phone.regenerate(&wish, child, void, not_after);
                    together.wait();
                    let answer = runtime.block_on(asked).unwrap();
                    (phone, wish, answer)
                })
            })
            .collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    });

    assert_eq!(asked.len(), 200);
    let made: Vec<_> =
        asked.iter().filter(|(.., a)| matches!(a.outcome, Regeneration::Made { .. })).collect();
    assert_eq!(made.len(), 1, "exactly one voids the code that all meant");
    let current = made[0].2.nucleic_acid.current.clone().unwrap();
    for (phone, wish, answer) in &asked {
        let now = answer.nucleic_acid.current.as_ref().unwrap();
        assert_eq!(now.text, current.text);
        assert_eq!(now.made.by, current.made.by);
        let mine = phone.0.keyid == made[0].0.0.keyid;
        assert_eq!(now.made.by_this_device, mine);
        let truth =
            if mine { Regeneration::Made { iat: current.made.iat } } else { Regeneration::Behind };
        assert_eq!(answer.outcome, truth);
        let again = phone.regenerate(wish, child, Some(first.made.iat), not_after).await.unwrap();
        assert_eq!(again.outcome, truth, "a retry hears the same");
    }
    assert_eq!(city.issuer.valid_codes(child).unwrap(), 1);
}

#[tokio::test]
async fn the_answer_lost_and_another_phone_regenerated_since() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 2).await;
    let (mother, father) = (&phones[0], &phones[1]);
    let first = mother.claim(child).await.unwrap().current.unwrap();

    let wish = city.random.hex();
    let not_after = MORNING.plus(120);
    let made = mother.regenerate(&wish, child, Some(first.made.iat), not_after).await.unwrap();
    let Regeneration::Made { iat } = made.outcome else { panic!("{:?}", made.outcome) };

    city.clock.pass(30);
    let other = city.random.hex();
    father.regenerate(&other, child, Some(iat), MORNING.plus(150)).await.unwrap();

    // Long after not_after: executed is executed, and it is told.
    city.clock.pass(100_000);
    let retried = mother.regenerate(&wish, child, Some(first.made.iat), not_after).await.unwrap();
    assert_eq!(retried.outcome, Regeneration::Made { iat });
    let current = retried.nucleic_acid.current.unwrap();
    assert!(current.made.iat > iat && !current.made.by_this_device);
    assert_eq!(current.made.by, "家长2");
    assert_eq!(retried.nucleic_acid.history.len(), 3);
    assert_eq!(retried.nucleic_acid.revoked_before, Some(current.made.iat));
}

#[tokio::test]
async fn past_its_time_nothing_is_executed_also_when_the_clock_goes_back() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 1).await;
    let first = phones[0].claim(child).await.unwrap().current.unwrap();
    let wish = city.random.hex();
    let not_after = MORNING.plus(120);
    for time in [MORNING.plus(121), MORNING.plus(60), MORNING.plus(120)] {
        city.clock.set(time);
        let answer =
            phones[0].regenerate(&wish, child, Some(first.made.iat), not_after).await.unwrap();
        assert_eq!(answer.outcome, Regeneration::TooLate);
        assert_eq!(answer.nucleic_acid.current.unwrap(), first);
    }
    let in_time = city.random.hex();
    let answer =
        phones[0].regenerate(&in_time, child, Some(first.made.iat), not_after).await.unwrap();
    assert!(matches!(answer.outcome, Regeneration::Made { .. }), "at not_after it still is");
}

#[tokio::test]
async fn only_the_code_that_was_meant_is_voided() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 1).await;
    let phone = &phones[0];
    let not_after = MORNING.plus(120);
    let first = phone.claim(child).await.unwrap().current.unwrap();
    for void in [None, Some(first.made.iat.plus(-1)), Some(first.made.iat.plus(1))] {
        let wish = city.random.hex();
        let answer = phone.regenerate(&wish, child, void, not_after).await.unwrap();
        assert_eq!(answer.outcome, Regeneration::Behind, "{void:?}");
        assert_eq!(answer.nucleic_acid.current.unwrap(), first);
    }
    // Where none counts, none can be voided, whatever was meant.
    city.clock.pass(40 * 86_400);
    let wish = city.random.hex();
    let answer = phone
        .regenerate(&wish, child, Some(first.made.iat), city.clock_now().plus(120))
        .await
        .unwrap();
    assert!(matches!(answer.outcome, Regeneration::Made { .. }));
    assert!(!answer.nucleic_acid.current.unwrap().made.voided);
}

#[tokio::test]
async fn a_key_names_one_wish() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 2).await;
    let first = phones[0].claim(child).await.unwrap().current.unwrap();
    let (wish, void) = (city.random.hex(), Some(first.made.iat));
    let not_after = MORNING.plus(120);
    phones[0].regenerate(&wish, child, void, not_after).await.unwrap();
    let other = phones[0].regenerate(&wish, child, void, not_after.plus(1)).await;
    assert_eq!(other.unwrap_err(), ProblemId::IdempotencyKeyReused);
    // Keys of different phones have nothing to do with each other.
    let answer = phones[1].regenerate(&wish, child, void, not_after.plus(1)).await.unwrap();
    assert_eq!(answer.outcome, Regeneration::Behind);
}

#[tokio::test]
async fn so_many_a_day_and_the_next_day_again() {
    let city = City::new().await;
    city.limits(|limits| limits.regenerations_per_day = 3);
    let (child, phones) = held_by(&city, 1).await;
    let mut void = phones[0].claim(child).await.unwrap().current.unwrap().made.iat;
    let mut outcomes = Vec::new();
    for _ in 0..4 {
        let wish = city.random.hex();
        let not_after = city.clock_now().plus(120);
        let answer = phones[0].regenerate(&wish, child, Some(void), not_after).await.unwrap();
        void = answer.nucleic_acid.current.unwrap().made.iat;
        outcomes.push(answer.outcome);
    }
    assert!(outcomes[..3].iter().all(|outcome| matches!(outcome, Regeneration::Made { .. })));
    assert_eq!(outcomes[3], Regeneration::UsedUp);
    // Midnight in Shanghai is fifteen hours after nine in the morning.
    city.clock.set(MORNING.plus(15 * 3600));
    let not_after = city.clock_now().plus(120);
    let wish = city.random.hex();
    let answer = phones[0].regenerate(&wish, child, Some(void), not_after).await.unwrap();
    assert!(matches!(answer.outcome, Regeneration::Made { .. }));
}

#[tokio::test]
async fn iat_rises_also_when_the_clock_goes_back() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 1).await;
    let mut last = phones[0].claim(child).await.unwrap().current.unwrap().made.iat;
    for back in [0, -1, -3600, -86_400] {
        city.clock.set(MORNING.plus(back));
        let wish = city.random.hex();
        let not_after = city.clock_now().plus(120);
        let answer = phones[0].regenerate(&wish, child, Some(last), not_after).await.unwrap();
        let iat = answer.nucleic_acid.current.unwrap().made.iat;
        assert_eq!(answer.outcome, Regeneration::Made { iat });
        assert!(iat > last);
        last = iat;
    }
}

#[tokio::test]
async fn nobody_regenerates_for_somebody_they_do_not_hold() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 1).await;
    let stranger = city.person("19900101", 1, "李雷");
    let stranger = city.phone(stranger).await;
    let first = phones[0].claim(child).await.unwrap().current.unwrap();
    for slot in [child, Slot(99)] {
        let wish = city.random.hex();
        let void = Some(first.made.iat);
        let answer = stranger.regenerate(&wish, slot, void, MORNING.plus(120)).await;
        assert_eq!(answer.unwrap_err(), ProblemId::NotAllowed);
        assert_eq!(stranger.claim(slot).await.unwrap_err(), ProblemId::NotAllowed);
    }
    assert_eq!(phones[0].claim(child).await.unwrap().current.unwrap(), first);
}

#[tokio::test]
async fn a_successor_takes_over_with_no_gap_and_voids_nothing() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 1).await;
    let first = phones[0].claim(child).await.unwrap();
    let (trust, _) = city.newest();
    let parse = |text: &str| -> StaticCode {
        match read(text, &trust, city.clock_now()).unwrap() {
            suima_code::Genuine::Static(code) => code,
            suima_code::Genuine::Live(_) => panic!("a live code"),
        }
    };
    let text = first.current.unwrap().text;
    let end = parse(&text).exp;
    assert_eq!(end, suima_code::end_of_last_day(MORNING, 30));

    city.clock.set(end.plus(-7 * 86_400 - 1));
    assert_eq!(phones[0].claim(child).await.unwrap().successor, None);
    city.clock.set(end.plus(-7 * 86_400));
    let claimed = phones[0].claim(child).await.unwrap();
    let ahead = claimed.successor.unwrap();
    assert!(!ahead.made.voided);
    assert_eq!((parse(&ahead.text).nbf, claimed.revoked_before), (Some(end), None));
    assert_eq!(phones[0].claim(child).await.unwrap().successor.unwrap(), ahead);
    for (time, wanted) in [(end.plus(-1), &text), (end, &ahead.text)] {
        city.clock.set(time);
        assert_eq!(city.issuer.valid_codes(child).unwrap(), 1);
        let told = phones[0].claim(child).await.unwrap();
        assert_eq!(&told.current.unwrap().text, wanted);
    }
    assert_eq!(parse(&ahead.text).exp, suima_code::end_of_last_day(end, 30));
}

#[tokio::test]
async fn regenerating_voids_a_successor_too() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 1).await;
    phones[0].claim(child).await.unwrap();
    city.clock.pass(25 * 86_400);
    let claimed = phones[0].claim(child).await.unwrap();
    let (current, successor) = (claimed.current.unwrap(), claimed.successor.unwrap());
    let now = city.clock_now();
    let wish = city.random.hex();
    let answer =
        phones[0].regenerate(&wish, child, Some(current.made.iat), now.plus(120)).await.unwrap();
    let there = answer.nucleic_acid;
    assert_eq!(there.successor, None);
    assert!(there.revoked_before.unwrap() > successor.made.iat);
    for days in 0..60 {
        city.clock.set(now.plus(days * 86_400));
        assert!(city.issuer.valid_codes(child).unwrap() <= 1);
    }
    assert_eq!(city.issuer.valid_codes(child).unwrap(), 0);
}

#[tokio::test]
async fn making_again_on_another_day_counts_from_that_day() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 1).await;
    let first = phones[0].claim(child).await.unwrap().current.unwrap();
    city.clock.pass(3 * 86_400);
    let now: UnixTime = city.clock_now();
    let wish = city.random.hex();
    let answer =
        phones[0].regenerate(&wish, child, Some(first.made.iat), now.plus(120)).await.unwrap();
    let (trust, _) = city.newest();
    let code = read(&answer.nucleic_acid.current.unwrap().text, &trust, now).unwrap();
    let suima_code::Genuine::Static(code) = code else { panic!("a live code") };
    assert_eq!((code.iat, code.exp), (now, suima_code::end_of_last_day(now, 30)));
}

#[tokio::test]
async fn outcomes_are_kept_for_a_month_and_not_for_ever() {
    let city = City::new().await;
    let (child, phones) = held_by(&city, 1).await;
    let kept = || -> u32 {
        let db = rusqlite::Connection::open(city.database()).unwrap();
        db.query_row("SELECT count(*) FROM wish", [], |row| row.get(0)).unwrap()
    };
    let mut void = phones[0].claim(child).await.unwrap().current.unwrap().made.iat;
    for day in 0..40 {
        city.clock.set(MORNING.plus(day * 86_400));
        let (wish, not_after) = (city.random.hex(), city.clock_now().plus(120));
        let answer = phones[0].regenerate(&wish, child, Some(void), not_after).await.unwrap();
        assert_eq!(
            phones[0].regenerate(&wish, child, Some(void), not_after).await.unwrap(),
            answer
        );
        void = answer.nucleic_acid.current.unwrap().made.iat;
        assert_eq!(i64::from(kept()), (day + 1).min(31));
    }
}

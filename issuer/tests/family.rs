//! Holding relatives, and what a phone is told of them.

mod support;

use suima_client::wire::{ProblemId, Relation};
use suima_code::{Cause, Colour, Credential, LineKind, Slot, UnixTime};
use support::{City, MORNING, Phone, id_number};

#[tokio::test]
async fn minors_by_their_parents_until_the_day_they_come_of_age() {
    let city = City::new().await;
    let mother = city.person("19800203", 1, "李梅");
    // Eighteen on 2026-11-23, the day after this morning.
    let child = city.person("20081123", 1, "王一");
    let grown = city.person("20081122", 1, "王二");
    for birth in ["20081123", "20081122"] {
        city.kin(&id_number("19800203", 1), &id_number(birth, 1));
    }
    let phone = city.phone(mother).await;
    let told = phone.people().await;
    assert_eq!(told.len(), 2, "who is of age is not offered");
    assert_eq!((told[1].slot, told[1].relation, &told[1].holding), (child, Relation::Child, &None));
    assert_eq!(told[1].nucleic_acid, None);
    assert_eq!(phone.hold(grown, &city.key()).await.unwrap_err(), ProblemId::NotAllowed);

    // The last second of that day in Shanghai, and the next.
    city.clock.set(MORNING.plus(15 * 3600));
    assert_eq!(phone.hold(child, &city.key()).await.unwrap_err(), ProblemId::NotAllowed);
    city.clock.set(MORNING.plus(15 * 3600 - 1));
    let held = phone.hold(child, &city.key()).await.unwrap().person;
    assert_eq!((held.slot, held.name.as_str(), held.birth_year), (child, "王一", 2008));
    let (trust, _) = city.newest();
    let credential = held.holding.unwrap().credential.0;
    let credential = Credential::parse(&credential, &trust, city.clock_now()).unwrap();
    assert!(credential.relative);
}

#[tokio::test]
async fn without_kinship_the_answer_is_the_same_whether_or_not_there_is_such_a_person() {
    let city = City::new().await;
    let (one, other) = (city.person("19800203", 1, "李梅"), city.person("20200101", 1, "王一"));
    let phone = city.phone(one).await;
    for slot in [other, one, Slot(12_345)] {
        assert_eq!(phone.hold(slot, &city.key()).await.unwrap_err(), ProblemId::NotAllowed);
    }
}

#[tokio::test]
async fn holding_again_is_the_same_holding_and_a_new_key_is_a_new_one() {
    let city = City::new().await;
    let mother = city.person("19800203", 1, "李梅");
    let child = city.person("20200101", 1, "王一");
    city.kin(&id_number("19800203", 1), &id_number("20200101", 1));
    let phone = city.phone(mother).await;
    let key = city.key();
    let first = phone.hold(child, &key).await.unwrap().person.holding.unwrap();
    assert_eq!(phone.hold(child, &key).await.unwrap().person.holding.unwrap(), first);
    let second = phone.hold(child, &city.key()).await.unwrap().person.holding.unwrap();
    assert_ne!(second.number, first.number);
    assert_eq!(phone.people().await.len(), 2);
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    let line = station.known.line(LineKind::Holding, first.number.into()).unwrap();
    assert_eq!(line.cause, Cause::HoldingEnded);
    assert_eq!(station.known.line(LineKind::Holding, second.number.into()), None);
}

#[tokio::test]
async fn no_more_than_the_policy_allows() {
    let city = City::new().await;
    city.limits(|limits| {
        limits.relatives_per_user = 2;
        limits.holders_per_relative = 2;
    });
    let mut phones = Vec::new();
    let children: Vec<Slot> =
        (1..=3).map(|n| city.person("20200101", n, &format!("王{n}"))).collect();
    for n in 1..=3 {
        let guardian = city.person("19800203", n, &format!("家长{n}"));
        for child in 1..=3 {
            city.kin(&id_number("19800203", n), &id_number("20200101", child));
        }
        phones.push(city.phone(guardian).await);
    }
    phones[0].hold(children[0], &city.key()).await.unwrap();
    phones[0].hold(children[1], &city.key()).await.unwrap();
    let full = phones[0].hold(children[2], &city.key()).await.unwrap_err();
    assert_eq!(full, ProblemId::RelativesFull);
    phones[1].hold(children[0], &city.key()).await.unwrap();
    let full = phones[2].hold(children[0], &city.key()).await.unwrap_err();
    assert_eq!(full, ProblemId::HoldersFull);
    // Their own phone does not count, and the phone of whoever re-enrols makes room.
    city.phone(children[1]).await;
    phones[2].hold(children[1], &city.key()).await.unwrap();
    city.phone(city.slot(&id_number("19800203", 2))).await;
    phones[2].hold(children[0], &city.key()).await.unwrap();
}

#[tokio::test]
async fn only_what_has_changed_is_sent() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let first = phone.refresh(None).await.unwrap();
    assert!(first.trust.is_some() && first.policy.is_some());
    let known = |state: &str| suima_client::wire::RefreshRequest {
        trust_version: 1,
        policy_version: 1,
        state: Some(state.to_owned()),
    };
    let ask = async |state: &str| -> suima_client::wire::RefreshResponse {
        phone.0.call(suima_client::wire::path::REFRESH, &known(state)).await.unwrap()
    };
    let second = ask(&first.state).await;
    assert!(second.trust.is_none() && second.policy.is_none() && second.people.is_none());
    assert_eq!(second.state, first.state);
    phone.claim(slot).await.unwrap();
    let third = ask(&first.state).await;
    assert!(third.people.unwrap()[0].nucleic_acid.as_ref().unwrap().current.is_some());
    assert!(ask(&third.state).await.people.is_none());
    city.limits(|limits| limits.redraw_seconds = 15);
    assert!(ask(&third.state).await.policy.is_some());
}

async fn credential(phone: &Phone<'_>, city: &City) -> Credential {
    let holding = phone.people().await[0].holding.clone().unwrap();
    let (trust, _) = city.newest();
    Credential::parse(&holding.credential.0, &trust, city.clock_now()).unwrap()
}

#[tokio::test]
async fn credentials_are_renewed_well_before_their_colour_stops_to_count() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let first = credential(&phone, &city).await;
    assert_eq!((first.iat, first.exp), (MORNING, MORNING.plus(14 * 86_400)));
    city.clock.pass(6 * 3600);
    assert_eq!(credential(&phone, &city).await, first);
    city.clock.pass(1);
    assert_eq!(credential(&phone, &city).await.iat, MORNING.plus(6 * 3600 + 1));
    // One that lies ahead, because the clock went back, would be refused.
    city.clock.set(MORNING);
    assert_eq!(credential(&phone, &city).await.iat, MORNING);
}

#[tokio::test]
async fn a_worse_colour_voids_what_shows_the_better_one_and_a_better_one_voids_nothing() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let mut station = city.station("3 号台").await;
    let green = credential(&phone, &city).await;
    let mut before: Option<UnixTime> = None;
    for (colour, voids) in [
        (Colour::Yellow, true),
        (Colour::Yellow, false),
        (Colour::Red, true),
        (Colour::Green, false),
    ] {
        let last = credential(&phone, &city).await;
        city.issuer.set_colour(slot, colour).unwrap();
        assert!(station.sync().await);
        let line = station.known.line(LineKind::Person, slot.into());
        let raised = line.map(|line| line.before) != before;
        assert_eq!(raised, voids, "{colour:?}");
        before = line.map(|line| line.before);
        let new = credential(&phone, &city).await;
        assert_eq!(new.colour, colour);
        if voids {
            assert_eq!(line.unwrap().cause, Cause::StatusChanged);
            // Even within one second.
            assert!(station.known.void(LineKind::Person, slot.into(), last.iat).is_some());
        }
        assert_eq!(station.known.void(LineKind::Person, slot.into(), new.iat), None);
    }
    assert!(station.known.void(LineKind::Person, slot.into(), green.iat).is_some());
}

#[tokio::test]
async fn a_colour_that_worsens_after_the_clock_was_set_back_voids_no_credential_made_since() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let mut station = city.station("3 号台").await;
    let green = credential(&phone, &city).await;
    city.clock.set(MORNING.plus(600));
    city.issuer.set_colour(slot, Colour::Yellow).unwrap();
    city.clock.set(MORNING.plus(60));
    city.issuer.set_colour(slot, Colour::Red).unwrap();
    let red = credential(&phone, &city).await;
    assert_eq!(red.colour, Colour::Red);
    assert!(station.sync().await);
    assert_eq!(station.known.void(LineKind::Person, slot.into(), red.iat), None);
    assert!(station.known.void(LineKind::Person, slot.into(), green.iat).is_some());
}

/// Two parents and their child, who is eighteen on 2026-11-23 in Shanghai, the day after this morning.
async fn family(city: &City) -> (Phone<'_>, Phone<'_>, Slot) {
    let (mother, father) =
        (city.person("19800203", 1, "李梅"), city.person("19780203", 2, "王小明"));
    let child = city.person("20081123", 1, "王一");
    for parent in [id_number("19800203", 1), id_number("19780203", 2)] {
        city.kin(&parent, &id_number("20081123", 1));
    }
    (city.phone(mother).await, city.phone(father).await, child)
}

#[tokio::test]
async fn both_guardians_see_who_holds_what_and_either_ends_it() {
    let city = City::new().await;
    let (mother, father, child) = family(&city).await;
    let by_mother = mother.hold(child, &city.key()).await.unwrap().person.holding.unwrap().number;
    city.clock.pass(60);
    // Who may hold and does not is told too.
    let seen = father.person(child).await.unwrap();
    assert_eq!((seen.holding, seen.holders.len()), (None, 1));
    father.hold(child, &city.key()).await.unwrap();
    for (phone, own) in [(&mother, [true, false]), (&father, [false, true])] {
        let holders = phone.person(child).await.unwrap().holders;
        let names: Vec<_> = holders.iter().map(|holder| holder.name.as_str()).collect();
        assert_eq!(names, ["李梅", "王小明"]);
        assert_eq!([holders[0].this_device, holders[1].this_device], own);
        assert!(phone.people().await[0].holders.is_empty(), "nobody holds theirs");
    }
    // The child itself sees it as well.
    let own = city.phone(child).await;
    assert_eq!(own.people().await[0].holders.len(), 2);

    father.end(child, by_mother).await.unwrap();
    assert_eq!(mother.person(child).await.unwrap().holding, None);
    let mut station = city.station("3 号台").await;
    assert!(station.sync().await);
    assert!(station.known.line(LineKind::Holding, by_mother.into()).is_some());
    let others = father.person(child).await.unwrap().holding.unwrap().number;
    assert_eq!(station.known.line(LineKind::Holding, others.into()), None);
}

#[tokio::test]
async fn as_the_child_comes_of_age_holdings_end_and_stations_hear_of_it_though_no_phone_asks() {
    let city = City::new().await;
    let (mother, father, child) = family(&city).await;
    let held = mother.hold(child, &city.key()).await.unwrap().person.holding.unwrap().number;
    let younger = city.person("20081124", 1, "王二");
    city.kin(&id_number("19800203", 1), &id_number("20081124", 1));
    let younger = mother.hold(younger, &city.key()).await.unwrap().person.holding.unwrap().number;
    let mut station = city.station("3 号台").await;

    city.clock.set(MORNING.plus(15 * 3600 - 1));
    assert!(station.sync().await);
    assert_eq!(station.known.line(LineKind::Holding, held.into()), None);
    city.clock.pass(1);
    assert!(station.sync().await);
    let line = station.known.line(LineKind::Holding, held.into()).unwrap();
    assert_eq!((line.before, line.cause), (city.clock_now(), Cause::HoldingEnded));
    assert_eq!(station.known.line(LineKind::Holding, younger.into()), None);
    for phone in [&mother, &father] {
        assert_eq!(phone.person(child).await, None, "kinship alone tells nothing of an adult");
    }
    assert_eq!(mother.claim(child).await.unwrap_err(), ProblemId::NotAllowed);
}

#[tokio::test]
async fn a_guardian_makes_no_code_of_a_grown_child_though_nobody_has_asked_anything_that_day() {
    let city = City::new().await;
    let (mother, _, child) = family(&city).await;
    mother.hold(child, &city.key()).await.unwrap();
    city.clock.set(MORNING.plus(15 * 3600 - 1));
    let code = mother.claim(child).await.unwrap().current.unwrap().made.iat;
    city.clock.pass(1);
    let wish = city.random.hex();
    let refused = mother.regenerate(&wish, child, Some(code), city.clock_now()).await.unwrap_err();
    assert_eq!(refused, ProblemId::NotAllowed);
}

#[tokio::test]
async fn policy_may_leave_days_after_the_birthday_in_which_nothing_new_begins() {
    let city = City::new().await;
    city.limits(|limits| limits.coming_of_age_days = 30);
    let (mother, father, child) = family(&city).await;
    mother.hold(child, &city.key()).await.unwrap();
    city.clock.set(MORNING.plus(15 * 3600 + 30 * 86_400 - 1));
    assert!(mother.person(child).await.unwrap().holding.is_some());
    assert_eq!(father.hold(child, &city.key()).await.unwrap_err(), ProblemId::NotAllowed);
    city.clock.pass(1);
    assert_eq!(mother.person(child).await, None);
    // And a policy that leaves fewer ends at once what the earlier one still allowed.
    city.clock.set(MORNING.plus(20 * 86_400));
    let younger = city.person("20081201", 1, "王二");
    city.kin(&id_number("19800203", 1), &id_number("20081201", 1));
    city.clock.set(MORNING);
    mother.hold(younger, &city.key()).await.unwrap();
    city.clock.set(MORNING.plus(20 * 86_400));
    assert!(mother.person(younger).await.unwrap().holding.is_some());
    city.limits(|limits| limits.coming_of_age_days = 0);
    assert_eq!(mother.person(younger).await, None);
}

#[tokio::test]
async fn who_was_born_on_the_leap_day_comes_of_age_on_the_first_of_march() {
    let city = City::new().await;
    let mother = city.person("19800203", 1, "李梅");
    let child = city.person("20120229", 1, "王一");
    city.kin(&id_number("19800203", 1), &id_number("20120229", 1));
    let phone = city.phone(mother).await;
    // 2030 has no leap day.
    let first_of_march = suima_code::Day::from_date(2030, 3, 1).unwrap().start();
    city.clock.set(first_of_march.plus(-1));
    assert!(phone.person(child).await.is_some());
    phone.hold(child, &city.key()).await.unwrap();
    city.clock.set(first_of_march);
    assert_eq!(phone.person(child).await, None);
    // Where the policy's age falls in a leap year, it is the day itself.
    city.limits(|limits| limits.adult_age = 20);
    let leap_day = suima_code::Day::from_date(2032, 2, 29).unwrap().start();
    city.clock.set(leap_day.plus(-1));
    assert!(phone.person(child).await.is_some());
    city.clock.set(leap_day);
    assert_eq!(phone.person(child).await, None);
}

#[tokio::test]
async fn a_guardian_whom_an_operator_took_out_holds_no_more_and_no_file_brings_them_back() {
    let city = City::new().await;
    let (mother, father, child) = family(&city).await;
    let (mother_slot, father_slot) =
        (city.slot(&id_number("19800203", 1)), city.slot(&id_number("19780203", 2)));
    mother.hold(child, &city.key()).await.unwrap();
    father.hold(child, &city.key()).await.unwrap();
    assert!(city.issuer.end_kinship(father_slot, child, "法院判决").unwrap());
    assert!(!city.issuer.end_kinship(father_slot, child, "再次").unwrap());
    assert_eq!(father.person(child).await, None);
    assert!(mother.person(child).await.unwrap().holding.is_some());
    let csv = format!(
        "guardian_id_number,child_id_number,relation\n{},{},parent\n",
        id_number("19780203", 2),
        id_number("20081123", 1)
    );
    let report = city.issuer.import_kinship(csv.as_bytes()).unwrap();
    assert_eq!(report.refused[0].why, suima_issuer::Refusal::KinshipEnded);
    assert!(city.issuer.restore_kinship(father_slot, child, "上诉改判").unwrap());
    father.hold(child, &city.key()).await.unwrap();
    assert!(!city.issuer.restore_kinship(mother_slot, child, "无此事").unwrap());
}

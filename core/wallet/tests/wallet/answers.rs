//! Bad answers change nothing, and what must not fall does not.

use suima_client::wire::{
    Bytes, EnrolResponse, NucleicAcid, Person, RefreshResponse, Relation, path,
};
use suima_code::{
    Colour, Credential, HoldingNumber, Policy, PublicKey, Slot, StaticCode, StaticKind, UnixTime,
};
use suima_wallet::{Error, Wallet};

use crate::support::{
    CHILD, CHILDS_HOLDING, MOTHER, MOTHERS_HOLDING, NOW, Phone, THIRTY_DAYS, answer, bent,
    everything, made, masked,
};

const LATER: UnixTime = UnixTime::new(NOW.get() + 3600);

/// All that a wallet shows: texts of live codes too, which are signed anew but alike at one moment.
fn everything_shown(wallet: &Wallet) -> String {
    let shown: Vec<_> = [MOTHER, CHILD]
        .into_iter()
        .map(|slot| (wallet.show_live(slot).ok(), wallet.show_nucleic_acid(slot).ok()))
        .collect();
    format!("{:?} {:?} {shown:?}", wallet.status().unwrap(), wallet.family().unwrap())
}

fn credential(key: PublicKey) -> Credential {
    Credential {
        relative: true,
        slot: CHILD,
        holding: CHILDS_HOLDING,
        name: masked(CHILD),
        colour: Colour::Green,
        key,
        iat: LATER,
        exp: LATER.plus(14 * 86_400),
    }
}

fn set_credential(phone: &Phone, person: &mut Person, credential: &Credential) {
    person.holding.as_mut().unwrap().credential = phone.city.credential(credential);
}

fn set_code(person: &mut Person, text: String) {
    let codes = person.nucleic_acid.as_mut().unwrap();
    codes.current.as_mut().unwrap().text = text;
}

fn static_code(slot: Slot) -> StaticCode {
    StaticCode {
        kind: StaticKind::NucleicAcid,
        slot,
        name: masked(slot),
        birth_year: 2014,
        iat: NOW,
        nbf: None,
        exp: THIRTY_DAYS,
    }
}

type Spoil = fn(&Phone, &mut RefreshResponse);

fn child(answer: &mut RefreshResponse) -> &mut Person {
    &mut answer.people.as_mut().unwrap()[1]
}

fn childs_credential(
    phone: &Phone,
    change: impl FnOnce(&mut Credential),
    answer: &mut RefreshResponse,
) {
    let mut credential = credential(phone.key(CHILD));
    change(&mut credential);
    set_credential(phone, child(answer), &credential);
}

const SPOILT: &[(&str, Spoil)] = &[
    ("credential altered", |_, answer| {
        let holding = child(answer).holding.as_mut().unwrap();
        holding.credential = bent(&holding.credential);
    }),
    ("credential of another slot", |phone, answer| {
        childs_credential(phone, |credential| credential.slot = MOTHER, answer);
    }),
    ("credential of another holding", |phone, answer| {
        childs_credential(phone, |credential| credential.holding = HoldingNumber(9), answer);
    }),
    ("own code in place of a relative's", |phone, answer| {
        childs_credential(phone, |credential| credential.relative = false, answer);
    }),
    ("own holding by a key that is not this phone's", |phone, answer| {
        let mut credential = credential(phone.key(CHILD));
        (credential.relative, credential.slot) = (false, MOTHER);
        (credential.holding, credential.name) = (MOTHERS_HOLDING, masked(MOTHER));
        set_credential(phone, &mut answer.people.as_mut().unwrap()[0], &credential);
    }),
    ("expired credential", |phone, answer| {
        childs_credential(
            phone,
            |credential| (credential.iat, credential.exp) = (NOW, LATER),
            answer,
        );
    }),
    ("another colour than in the credential", |_, answer| {
        child(answer).holding.as_mut().unwrap().colour = Colour::Red;
    }),
    ("static code in place of a credential", |_, answer| {
        child(answer).holding.as_mut().unwrap().credential = Bytes(vec![0x84]);
    }),
    ("nucleic-acid code of another slot", |phone, answer| {
        let text = phone.city.static_code(&static_code(MOTHER));
        set_code(child(answer), text);
    }),
    ("paper code", |phone, answer| {
        let code = StaticCode { kind: StaticKind::Paper, ..static_code(CHILD) };
        set_code(child(answer), phone.city.static_code(&code));
    }),
    ("code altered", |_, answer| {
        let text = "SM1:".to_owned() + &"0".repeat(170);
        set_code(child(answer), text);
    }),
    ("code of another time than is said", |_, answer| {
        let codes = child(answer).nucleic_acid.as_mut().unwrap();
        codes.current.as_mut().unwrap().made.iat = NOW.plus(1);
    }),
    ("void code", |_, answer| {
        child(answer).nucleic_acid.as_mut().unwrap().revoked_before = Some(NOW.plus(1));
    }),
    ("successor with a gap before it", |phone, answer| {
        let codes = child(answer).nucleic_acid.as_mut().unwrap();
        let next = made(NOW.plus(2), "李梅", true, false);
        codes.successor = Some(phone.city.code(CHILD, next, Some(THIRTY_DAYS.plus(1))));
    }),
    ("nobody", |_, answer| answer.people = Some(Vec::new())),
    ("somebody twice", |_, answer| {
        let people = answer.people.as_mut().unwrap();
        let twice = people[1].clone();
        people.push(twice);
    }),
    ("not oneself first", |_, answer| answer.people.as_mut().unwrap().swap(0, 1)),
    ("oneself twice", |_, answer| child(answer).relation = Relation::Oneself),
    ("forged trust", |phone, answer| answer.trust = Some(phone.city.forged_trust(9))),
    ("altered policy", |phone, answer| answer.policy = Some(bent(&phone.city.policy(9)))),
    ("policy by a key that is for codes", |phone, answer| {
        let policy = Policy::standard(9, NOW);
        answer.policy = Some(phone.city.sign_policy_with_a_key_for_codes(&policy));
    }),
    ("policy in place of trust", |phone, answer| answer.trust = Some(phone.city.policy(9))),
];

fn good(phone: &Phone) -> RefreshResponse {
    let mothers = phone.city.one_code(MOTHER, NOW);
    let childs = phone.city.one_code(CHILD, NOW);
    let mut answer = everything(LATER, phone.both_with(mothers, childs));
    let fresh = credential(phone.key(CHILD));
    set_credential(phone, &mut answer.people.as_mut().unwrap()[1], &fresh);
    answer
}

#[test]
fn a_bad_refresh_changes_nothing() {
    let phone = Phone::new();
    let wallet = phone.enrol_family();
    phone.platform.pass_until(LATER);
    let before = everything_shown(&wallet);
    for (what, spoil) in SPOILT {
        let mut spoilt = good(&phone);
        // Were it taken, the wallet would also know newer documents, and another time.
        spoilt.trust = Some(phone.city.trust(2));
        spoilt.policy = Some(phone.city.policy(2));
        spoilt.time = LATER.plus(60);
        spoil(&phone, &mut spoilt);
        phone.post.next(path::REFRESH, answer(&spoilt));
        let outcome = phone.run(wallet.refresh());
        assert!(matches!(outcome, Err(Error::BadAnswer(_))), "{what}: {outcome:?}");
        assert_eq!(everything_shown(&wallet), before, "{what}");
    }
    // The same answer unspoilt is taken, and changes what is shown.
    phone.post.next(path::REFRESH, answer(&good(&phone)));
    phone.run(wallet.refresh()).unwrap();
    assert_ne!(everything_shown(&wallet), before);
    assert_eq!(wallet.show_live(CHILD).unwrap().colour_as_of, LATER);
}

#[test]
fn a_bad_enrolment_leaves_the_phone_unenrolled_and_the_code_usable() {
    let phone = Phone::new();
    let wallet = phone.open();
    let other = phone.city.clone();
    // The credential is for a key that is not this phone's.
    phone.post.next(
        path::ENROL,
        crate::support::answer_with(move |_| {
            let key = other.roots().hot;
            let codes = NucleicAcid::default();
            let people = crate::support::family(&other, Some((&key, codes)), None);
            let refresh = crate::support::first_refresh(&other, people);
            EnrolResponse { device: "device-1".to_owned(), ended_device: None, refresh }
        }),
    );
    assert!(matches!(phone.run(wallet.enrol("a code")), Err(Error::BadAnswer(_))));
    let status = wallet.status().unwrap();
    assert_eq!((status.enrolled, status.trust_version), (false, 0));
    wallet.close().unwrap();
    phone.post.received();

    phone.enrol(phone.city.one_code(MOTHER, NOW));
}

#[test]
fn versions_of_trust_and_policy_never_fall() {
    let phone = Phone::new();
    let wallet = phone.enrol(phone.city.one_code(MOTHER, NOW));
    let versions = |wallet: &Wallet| {
        let status = wallet.status().unwrap();
        (status.trust_version, status.policy_version)
    };
    let refresh = |trust, policy: Bytes| {
        let answer = answer(&RefreshResponse {
            time: NOW,
            trust: Some(phone.city.trust(trust)),
            policy: Some(policy),
            state: "s1".to_owned(),
            people: None,
            asks: Vec::new(),
            challenges: Vec::new(),
        });
        phone.post.next(path::REFRESH, answer);
        phone.run(wallet.refresh()).unwrap();
    };
    let mut slower = Policy::standard(3, NOW);
    slower.limits.redraw_seconds = 30;
    refresh(3, phone.city.sign_policy(&slower));
    assert_eq!(versions(&wallet), (3, 3));
    refresh(2, phone.city.policy(2));
    assert_eq!(versions(&wallet), (3, 3));
    wallet.close().unwrap();
    let wallet = phone.open_offline();
    assert_eq!(versions(&wallet), (3, 3));
    assert_eq!(wallet.show_live(MOTHER).unwrap().redraw_at, NOW.plus(30), "the policy in force");
}

#[test]
fn a_retried_enrolment_uses_the_same_keys() {
    let phone = Phone::new();
    let wallet = phone.open();
    phone.post.next(path::ENROL, crate::support::lost());
    assert!(matches!(phone.run(wallet.enrol("ABCD-1034")), Err(Error::NoAnswer { .. })));
    assert!(!wallet.status().unwrap().enrolled);
    wallet.close().unwrap();

    let wallet = phone.open();
    phone.post.next(path::ENROL, phone.enrolment(phone.city.one_code(MOTHER, NOW)));
    phone.run(wallet.enrol("abcd lO34")).unwrap();
    let [first, second] = &phone.post.received()[..] else { panic!() };
    assert_eq!(first.body, second.body);
    assert_eq!(first.idempotency_key, second.idempotency_key);

    // A refused code leaves nothing behind: the next one comes with new keys.
    let refused = suima_client::wire::ProblemId::ActivationRefused;
    phone.post.next(path::ENROL, crate::support::problem(refused, NOW));
    assert!(matches!(phone.run(wallet.enrol("WRONG")), Err(Error::Problem(_))));
    phone.post.next(path::ENROL, crate::support::problem(refused, NOW));
    assert!(matches!(phone.run(wallet.enrol("WRONG")), Err(Error::Problem(_))));
    let [third, fourth] = &phone.post.received()[..] else { panic!() };
    assert_ne!(third.body["device_key"], fourth.body["device_key"]);
    assert!(wallet.show_live(MOTHER).is_ok(), "the enrolment there was is untouched");
}

#[test]
fn a_stale_request_sets_the_time_right_and_is_sent_once_more() {
    let phone = Phone::new();
    phone.platform.set_wall(NOW.plus(-86_400));
    let wallet = phone.open();
    let stale = suima_client::wire::ProblemId::SignatureStale;
    phone.post.next(path::ENROL, crate::support::problem(stale, NOW));
    phone.post.next(path::ENROL, phone.enrolment(phone.city.one_code(MOTHER, NOW)));
    phone.run(wallet.enrol("code")).unwrap();
    let [first, second] = &phone.post.received()[..] else { panic!() };
    assert_eq!(first.idempotency_key, second.idempotency_key);
    let created = |time: UnixTime| format!("created={time};");
    assert!(first.signature_input.contains(&created(NOW.plus(-86_400))), "{first:?}");
    assert!(second.signature_input.contains(&created(NOW)), "{second:?}");

    for _ in 0..2 {
        phone.post.next(path::REFRESH, crate::support::problem(stale, NOW));
    }
    let error = phone.run(wallet.refresh()).unwrap_err();
    assert!(matches!(error, Error::Problem(_)), "{error}");
    phone.post.all_used();
}

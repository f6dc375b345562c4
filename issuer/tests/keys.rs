//! Signing keys over the years: rotated, recalled, replaced in time.

mod support;

use suima_client::wire::Regeneration;
use suima_code::{Credential, Genuine, KeyId, Policy, Purposes, Reason, StaticCode, Trust, read};
use suima_issuer::Error;
use support::{City, MORNING};

const DAY: i64 = 86_400;

fn parse(text: &str, trust: &Trust, city: &City) -> Result<StaticCode, Reason> {
    match read(text, trust, city.clock_now())? {
        Genuine::Static(code) => Ok(code),
        Genuine::Live(_) => panic!("a live code"),
    }
}

#[tokio::test]
async fn each_purpose_has_a_key_of_its_own_and_initialising_again_changes_nothing() {
    let city = City::new().await;
    let (trust, policy) = city.newest();
    assert_eq!((trust.version, policy.version), (1, 1));
    let mut purposes: Vec<u8> = trust.keys.iter().map(|key| key.purposes.bits()).collect();
    purposes.sort_unstable();
    assert_eq!(purposes, [1, 2, 4, 8]);
    let again = city.issuer.initialise().unwrap();
    assert_eq!(again.roots, city.roots);
    assert!(again.cold_seed.is_none());
    assert_eq!(city.newest().0, trust);
}

#[tokio::test]
async fn a_new_key_is_published_two_days_before_it_signs() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let (before, _) = city.newest();
    let kid = city.issuer.rotate_key(Purposes::STATIC).unwrap();
    let (trust, _) = city.newest();
    assert_eq!(trust.version, before.version + 1);
    assert!(trust.keys.iter().any(|key| key.kid == kid));

    let first = phone.claim(slot).await.unwrap().current.unwrap();
    assert!(parse(&first.text, &before, &city).is_ok(), "stations that have not heard yet take it");
    city.clock.pass(2 * DAY);
    let wish = city.random.hex();
    let now = city.clock_now();
    let made = phone.regenerate(&wish, slot, Some(first.made.iat), now.plus(60)).await.unwrap();
    let text = made.nucleic_acid.current.unwrap().text;
    assert_eq!(
        parse(&text, &before, &city).unwrap_err(),
        Reason::UnknownKey { kid, trust: before.iat }
    );
    assert!(parse(&text, &trust, &city).is_ok());
}

#[tokio::test]
async fn it_is_told_which_key_signs_also_where_the_only_one_does_so_before_its_time() {
    let city = City::new().await;
    let signs = || -> Vec<KeyId> {
        let keys = city.issuer.keys().unwrap().into_iter();
        keys.filter(|key| key.signs && key.trusted.purposes == Purposes::STATIC)
            .map(|key| key.trusted.kid)
            .collect()
    };
    let first = signs();
    assert_eq!(first.len(), 1);
    let second = city.issuer.rotate_key(Purposes::STATIC).unwrap();
    assert_eq!(signs(), first, "the new one is published and waits");
    city.clock.pass(2 * DAY);
    assert_eq!(signs(), [second]);
    let third = city.issuer.rotate_key(Purposes::STATIC).unwrap();
    city.issuer.recall_key(second).unwrap();
    assert_eq!(signs(), first, "it still may");
    city.issuer.recall_key(first[0]).unwrap();
    assert_eq!(signs(), [third], "published already, and there is no other");
    assert_eq!(city.issuer.keys().unwrap().iter().filter(|key| key.signs).count(), 4);
}

#[tokio::test]
async fn what_a_recalled_key_signed_is_made_anew_and_stays_void_where_nobody_has_heard() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let mut station = city.station("3 号台").await;
    let old = phone.claim(slot).await.unwrap().current.unwrap();
    let held = phone.refresh(None).await.unwrap().people.unwrap()[0].holding.clone().unwrap();
    let (before, _) = city.newest();
    for key in &before.keys {
        city.issuer.recall_key(key.kid).unwrap();
    }
    let (trust, policy) = city.newest();
    assert!(policy.version > 1, "the policy is signed anew");
    let recalled = parse(&old.text, &trust, &city).unwrap_err();
    assert!(matches!(recalled, Reason::KeyRecalled { .. }));
    assert_eq!(city.issuer.valid_codes(slot).unwrap(), 0);

    let renewed = phone.refresh(None).await.unwrap().people.unwrap()[0].holding.clone().unwrap();
    assert_ne!(renewed.credential, held.credential);
    assert!(Credential::parse(&renewed.credential.0, &trust, MORNING).is_ok());
    let new = phone.claim(slot).await.unwrap().current.unwrap();
    assert!(parse(&new.text, &trust, &city).is_ok());
    assert_eq!(city.issuer.valid_codes(slot).unwrap(), 1);
    // A station with the old bundle takes no list of a new key; one with the new bundle knows the line.
    station.trust = trust;
    assert!(station.sync().await);
    let code = parse(&old.text, &before, &city).unwrap();
    let void = station.known.void(suima_code::LineKind::NucleicAcid, slot.into(), code.iat);
    assert_eq!(void, Some(Reason::Replaced { at: new.made.iat }));
    // A wish for the old code finds that it is not the current one.
    let wish = city.random.hex();
    let not_after = MORNING.plus(60);
    let behind = phone.regenerate(&wish, slot, Some(old.made.iat), not_after).await.unwrap();
    assert_eq!(behind.outcome, Regeneration::Behind);
}

#[tokio::test]
async fn what_cannot_be_recalled_is_said() {
    let city = City::new().await;
    assert!(matches!(city.issuer.recall_key(KeyId(200)), Err(Error::NoSuchKey(KeyId(200)))));
    let kid = city.newest().0.keys[0].kid;
    city.issuer.recall_key(kid).unwrap();
    assert!(matches!(city.issuer.recall_key(kid), Err(Error::NoSuchKey(_))));
}

#[tokio::test]
async fn three_years_pass_and_every_month_everything_is_signed_by_keys_in_time() {
    let city = City::new().await;
    let slot = city.person("19800203", 1, "王小明");
    let phone = city.phone(slot).await;
    let (mut last, _) = city.newest();
    for _ in 0..36 {
        city.clock.pass(31 * DAY);
        let now = city.clock_now();
        let refreshed = phone.refresh(None).await.unwrap();
        let trust = Trust::parse(&refreshed.trust.unwrap().0, &city.roots).unwrap();
        assert!(trust.version > last.version && now < trust.exp);
        Policy::parse(&refreshed.policy.unwrap().0, &trust, now).unwrap();
        let holding = refreshed.people.unwrap()[0].holding.clone().unwrap();
        Credential::parse(&holding.credential.0, &trust, now).unwrap();
        let text = phone.claim(slot).await.unwrap().current.unwrap().text;
        parse(&text, &trust, &city).unwrap();
        // A key id never passes from one key to another that is accepted beside it.
        for key in &trust.keys {
            let same =
                |old: &&suima_code::TrustedKey| old.kid == key.kid && old.accept_until >= now;
            assert!(last.keys.iter().filter(same).all(|old| old.key == key.key));
        }
        last = trust;
    }
}

#[tokio::test]
async fn key_ids_are_used_again_only_when_their_keys_are_accepted_nowhere() {
    let city = City::new().await;
    for _ in 0..251 {
        city.issuer.rotate_key(Purposes::LISTS).unwrap();
    }
    assert_eq!(city.issuer.keys().unwrap().len(), 255);
    assert!(matches!(city.issuer.rotate_key(Purposes::LISTS), Err(Error::KeyIdsUsedUp)));
    city.clock.pass(400 * DAY);
    let kid = city.issuer.rotate_key(Purposes::LISTS).unwrap();
    let (trust, _) = city.newest();
    assert_eq!(trust.keys.iter().filter(|key| key.kid == kid).count(), 1);
}

#[tokio::test]
async fn a_policy_in_force_is_the_one_that_is_told() {
    let city = City::new().await;
    city.limits(|limits| limits.nucleic_acid_days = 14);
    let (_, policy) = city.newest();
    assert_eq!((policy.version, policy.limits.nucleic_acid_days), (2, 14));
    assert_eq!(city.issuer.policy().unwrap(), policy);
}

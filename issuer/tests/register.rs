//! Importing the register: every line judged by itself.

mod support;

use suima_issuer::{Error, IdNumberError, Refusal};
use support::{City, id_number};

#[tokio::test]
async fn the_good_lines_are_taken_in_and_the_others_reported_with_their_number_and_why() {
    let city = City::new().await;
    let id = |birth: &str, n| id_number(birth, n);
    let with_x = (1..100).map(|n| id("19491231", n)).find(|id| id.ends_with('X')).unwrap();
    let wrong_digit = {
        let good = id("19800203", 9);
        format!("{}{}", &good[..17], if good.ends_with('1') { '2' } else { '1' })
    };
    let lines: Vec<(String, Option<Refusal>)> = vec![
        (format!("{},𠅤某,1980-02-03,", id("19800203", 1)), None),
        (format!(" {} ,王小明,1949-12-31,yellow", with_x.to_lowercase()), None),
        (format!("{},买买提·吐尔逊,1980-02-03,green", id("19800203", 2)), None),
        (format!("\"{}\",\"Anna, Maria Smith\",1980-02-03,", id("19800203", 3)), None),
        // Blank lines count as lines.
        (String::new(), None),
        // A quotation mark that is never closed spoils its own line only.
        (format!("{},\"甲,1980-02-03,", id("19800203", 6)), Some(Refusal::BirthDateUnreadable)),
        (format!("{with_x},重复,1949-12-31,"), Some(Refusal::Duplicate { first: 3 })),
        (
            format!("{wrong_digit},甲,1980-02-03,"),
            Some(Refusal::IdNumber(IdNumberError::CheckDigit)),
        ),
        ("3101011980020,甲,1980-02-03,".to_owned(), Some(Refusal::IdNumber(IdNumberError::Length))),
        (
            format!("{},甲,1980-02-03,", id("19800203", 4).replace("1980", "198O")),
            Some(Refusal::IdNumber(IdNumberError::Characters)),
        ),
        (
            format!("{},甲,1980-02-30,", id("19800230", 4)),
            Some(Refusal::IdNumber(IdNumberError::BirthDate)),
        ),
        (format!("{},甲,1980-02-04,", id("19800203", 5)), Some(Refusal::BirthDateDisagrees)),
        (format!("{},甲,3/2/1980,", id("19800203", 5)), Some(Refusal::BirthDateUnreadable)),
        (format!("{},甲,2026-11-23,", id("20261123", 1)), Some(Refusal::BirthDateInFuture)),
        (format!("{},,1980-02-03,", id("19800203", 5)), Some(Refusal::Name)),
        (format!("{},{},1980-02-03,", id("19800203", 5), "甲".repeat(70)), Some(Refusal::Name)),
        (format!("{},王\u{fffd},1980-02-03,", id("19800203", 5)), Some(Refusal::NameLost)),
        (format!("{},甲,1980-02-03,blue", id("19800203", 5)), Some(Refusal::Colour)),
        (id("19800203", 5), Some(Refusal::BirthDateUnreadable)),
        (format!("{},甲,2026-11-22,red", id("20261122", 1)), None),
    ];
    let csv = lines
        .iter()
        .fold("\u{feff}ID_Number, name,birth_date,colour\r\n".to_owned(), |csv, (line, _)| {
            csv + line + "\r\n"
        });
    let report = city.issuer.import_register(csv.as_bytes()).unwrap();
    let wanted: Vec<_> =
        (2..).zip(&lines).filter_map(|(number, (_, why))| Some((number, (*why)?))).collect();
    let refused: Vec<_> = report.refused.iter().map(|line| (line.line, line.why)).collect();
    assert_eq!(refused, wanted);
    let good = lines.iter().filter(|(line, why)| why.is_none() && !line.is_empty());
    assert_eq!(report.added, good.count());

    // The report is for people, and names none of them.
    let text = report.to_string();
    assert_eq!(text.lines().count(), 1 + wanted.len());
    assert!(text.contains("第 8 行：人员重复（见第 3 行） / line 8:"), "{text}");
    assert!(!text.contains("310101") && !text.contains('甲'), "{text}");

    let phone = city.phone(city.slot(&id("19800203", 1))).await;
    let person = phone.refresh(None).await.unwrap().people.unwrap().remove(0);
    assert_eq!((person.name.as_str(), person.masked_name.as_str()), ("𠅤某", "𠅤*"));
}

#[tokio::test]
async fn importing_again_brings_up_to_date() {
    let city = City::new().await;
    let (one, two) = (id_number("19800203", 1), id_number("19800203", 2));
    let import = |lines: &str| {
        let csv = format!("name,birth_date,id_number,colour\n{lines}");
        city.issuer.import_register(csv.as_bytes()).unwrap()
    };
    import(&format!("王小明,1980-02-03,{one},\n李雷,1980-02-03,{two},\n"));
    let slot = city.slot(&one);
    let report = import(&format!("王晓明,1980-02-03,{one},red\n李雷,1980-02-03,{two},\n"));
    assert_eq!((report.added, report.updated, report.unchanged), (0, 1, 1));
    assert_eq!(city.slot(&one), slot);
    let phone = city.phone(slot).await;
    let person = phone.refresh(None).await.unwrap().people.unwrap().remove(0);
    assert_eq!(
        (person.name.as_str(), person.holding.unwrap().colour),
        ("王晓明", suima_code::Colour::Red)
    );
}

#[tokio::test]
async fn what_is_not_utf8_is_refused_line_by_line() {
    let city = City::new().await;
    let mut csv = b"id_number,name,birth_date\n".to_vec();
    // The name in GBK.
    csv.extend([id_number("19800203", 1).as_bytes(), b",\xcd\xf5\xd0\xa1,1980-02-03\n"].concat());
    csv.extend(format!("{},李雷,1980-02-03\n", id_number("19800203", 2)).as_bytes());
    let report = city.issuer.import_register(&csv[..]).unwrap();
    assert_eq!((report.added, report.refused[0].line), (1, 2));
    assert_eq!(report.refused[0].why, Refusal::NotUtf8);
}

#[tokio::test]
async fn a_file_without_its_columns_is_no_register() {
    let city = City::new().await;
    for csv in ["", "id_number,name\n", "310101,王小明,1980-02-03\n"] {
        let refused = city.issuer.import_register(csv.as_bytes());
        assert!(matches!(refused, Err(Error::Columns { .. })), "{csv:?}");
        let refused = city.issuer.import_kinship(csv.as_bytes());
        assert!(matches!(refused, Err(Error::Columns { .. })), "{csv:?}");
    }
}

#[tokio::test]
async fn kinship_is_between_people_in_the_register() {
    let city = City::new().await;
    city.person("19800203", 1, "李梅");
    city.person("20200101", 1, "王一");
    let (mother, child) = (id_number("19800203", 1), id_number("20200101", 1));
    let (stranger, infant) = (id_number("19800203", 2), id_number("20200101", 2));
    let csv = format!(
        "guardian_id_number,child_id_number,relation\n\
         {mother},{child},guardian\n\
         {mother},{child},guardian\n\
         {mother},{child},Parent\n\
         {mother},{child},guardian\n\
         {stranger},{child},parent\n\
         {mother},{infant},parent\n\
         {mother},{mother},parent\n\
         {child},{mother},parent\n\
         {mother},{child},aunt\n\
         ,{child},parent\n"
    );
    let report = city.issuer.import_kinship(csv.as_bytes()).unwrap();
    assert_eq!((report.added, report.updated, report.unchanged), (1, 1, 2));
    let refused: Vec<_> = report.refused.iter().map(|line| (line.line, line.why)).collect();
    assert_eq!(
        refused,
        [
            (6, Refusal::GuardianUnknown),
            (7, Refusal::ChildUnknown),
            (8, Refusal::SamePerson),
            (9, Refusal::GuardianNotOlder),
            (10, Refusal::Relation),
            (11, Refusal::IdNumber(IdNumberError::Length)),
        ]
    );
}

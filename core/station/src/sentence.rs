//! What the station says to its staff, in Chinese and in English.

use suima_code::{Day, Presented, Reason, UnixTime};
use suima_sentences::describe;

use crate::{Caution, Field, Refusal, Registration};

/// One thing said in both languages: what is the matter, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// In simplified Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Said {
    fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// Why a code is refused (R8).
    pub(crate) fn reason(reason: Reason, shown: Option<Presented>) -> Self {
        let said = describe(&reason, shown);
        Self::new(said.zh, said.en)
    }
}

/// `2026-11-22 09:00`, in Shanghai.
fn minute(time: UnixTime) -> String {
    let day = Day::of(time);
    format!("{day} {}", clock_time(time))
}

/// `09:00`, in Shanghai.
fn clock_time(time: UnixTime) -> String {
    let seconds = time.since(Day::of(time).start());
    format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

impl Caution {
    /// What to tell the staff.
    pub fn said(&self) -> Said {
        match self {
            Self::KnowledgeOld { as_of, age_seconds } => {
                let hours = age_seconds / 3600;
                Said::new(
                    format!(
                        "本机名单截至{},已有{hours}小时未更新。请尽快联网同步。",
                        minute(*as_of)
                    ),
                    format!(
                        "This station's list is as of {}, {hours} hours old. Go online to sync soon.",
                        minute(*as_of)
                    ),
                )
            }
            Self::ValidityNotChecked => Said::new(
                "未能核对此码是否已作废,已照此记录。请尽快联网同步。",
                "Whether this code was voided could not be checked; it is recorded so. Go online to sync soon.",
            ),
            Self::CompareIdCard => Said::new(
                "请核对身份证,并查询健康状态。",
                "Compare the ID card, and look up the health status.",
            ),
            Self::AlsoInTube { barcode, at } => Said::new(
                format!("此人今天{}已登记在试管{barcode}。如是误扫,请撤销。", clock_time(*at)),
                format!(
                    "This person was registered in tube {barcode} at {} today. Undo if this is a mistake.",
                    clock_time(*at)
                ),
            ),
        }
    }
}

impl Registration {
    /// What to tell the staff.
    pub fn said(&self) -> Said {
        match self {
            Self::Registered(done) => Said::new(
                format!("{} 已登记,第{}位,共{}人。", done.person.name, done.seat, done.taken),
                format!(
                    "{} is registered in place {}; {} in the tube.",
                    done.person.name, done.seat, done.taken
                ),
            ),
            Self::Refused { reason, shown } => {
                Said::reason(*reason, shown.as_ref().map(|shown| shown.presented))
            }
            Self::AlreadyInTube { seat } => Refusal::AlreadyInTube { seat: *seat }.said(),
            Self::NoTube => Refusal::NoTube.said(),
            Self::TubeFull { capacity } => Refusal::TubeFull { capacity: *capacity }.said(),
            Self::TubeSealed { barcode } => Refusal::TubeSealed { barcode: barcode.clone() }.said(),
        }
    }
}

impl Refusal {
    /// What to tell the staff.
    pub fn said(&self) -> Said {
        match self {
            Self::NoSession => Said::new(
                "尚未开始采样。请先选择采样点和工作人员。",
                "No session has begun. Enter the site and the staff member first.",
            ),
            Self::NoTube => Said::new(
                "没有打开的试管。请先扫试管条码。",
                "No tube is open. Scan a tube's barcode first.",
            ),
            Self::TubeOpen { barcode } => Said::new(
                format!("试管{barcode}还开着。请先封管。"),
                format!("Tube {barcode} is still open. Seal it first."),
            ),
            Self::TubeFull { capacity } => Said::new(
                format!("本管已满{capacity}人。请封管后换新管。"),
                format!("The tube has its {capacity} people. Seal it and open another."),
            ),
            Self::TubeSealed { barcode } => Said::new(
                format!("试管{barcode}已封管,不能再改动。请打开新管。"),
                format!("Tube {barcode} is sealed and cannot be changed. Open another."),
            ),
            Self::AlreadyInTube { seat } => Said::new(
                format!("此人已在本管,第{seat}位。不必再扫。"),
                format!(
                    "This person is already in this tube, in place {seat}. No need to scan again."
                ),
            ),
            Self::BarcodeMalformed => Said::new(
                "试管条码不正确:应为4至32位字母、数字或连字符。请重扫。",
                "Not a tube's barcode: 4 to 32 letters, digits or hyphens. Scan it again.",
            ),
            Self::BarcodeUsed { barcode, opened_at, people, sealed_at } => {
                let (zh, en) = match sealed_at {
                    Some(at) => {
                        (format!("{}封管", minute(*at)), format!("sealed at {}", minute(*at)))
                    }
                    None => ("未封管".to_owned(), "not sealed".to_owned()),
                };
                Said::new(
                    format!(
                        "试管{barcode}已于{}用过({people}人,{zh})。请换一支。",
                        minute(*opened_at)
                    ),
                    format!(
                        "Tube {barcode} was opened here at {} ({people} people, {en}). Take another.",
                        minute(*opened_at)
                    ),
                )
            }
            Self::Capacity { given } => Said::new(
                format!("没有{given}人管。请选1、5、10或20人管。"),
                format!("There is no tube for {given} people. Choose 1, 5, 10 or 20."),
            ),
            Self::NoSuchRegistration => Said::new(
                "本机没有这条登记。请在本管名单中选择。",
                "There is no such registration here. Choose it from the tube's list.",
            ),
            Self::AlreadyUndone => Said::new(
                "这条登记已经撤销。不必再撤。",
                "This registration was taken back already. Nothing more to do.",
            ),
            Self::CountMismatch { registered, swabs } => Said::new(
                format!("登记{registered}人,拭子{swabs}支,数目不符。请重数,或说明原因后封管。"),
                format!(
                    "{registered} people are registered and {swabs} swabs were counted. Count again, or seal with an explanation."
                ),
            ),
            Self::Text { field } => {
                let (zh, en) = match field {
                    Field::Site => ("采样点", "the site"),
                    Field::Staff => ("工作人员", "the staff member"),
                    Field::Reason => ("撤销原因", "the reason"),
                    Field::Explanation => ("说明", "the explanation"),
                };
                Said::new(
                    format!("请填写{zh}(不超过200字,不换行)。"),
                    format!("Enter {en} (at most 200 characters, on one line)."),
                )
            }
        }
    }
}

//! What became of an import, for people.

use std::fmt;

use suima_sentences::Sentence;

use crate::IdNumberError;

/// What became of an import. It names lines, never people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Lines that brought something new.
    pub added: usize,
    /// Lines that changed something known.
    pub updated: usize,
    /// Lines that said what was known.
    pub unchanged: usize,
    /// Lines that were not taken in, in their order.
    pub refused: Vec<RefusedLine>,
}

/// A line that was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedLine {
    /// Its number in the file; the line that names the columns is the first.
    pub line: u64,
    /// Why.
    pub why: Refusal,
}

/// Why a line was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not in UTF-8.
    NotUtf8,
    /// The ID number is none.
    IdNumber(IdNumberError),
    /// The birth date is not of the form 2026-11-22, or no date.
    BirthDateUnreadable,
    /// The birth date is not the one in the ID number.
    BirthDateDisagrees,
    /// The birth date has not come.
    BirthDateInFuture,
    /// The name is empty, too long, or has control characters.
    Name,
    /// A character of the name was lost when the file was made: it holds U+FFFD.
    NameLost,
    /// The colour is none of green, yellow, red.
    Colour,
    /// None of the groups.
    Group,
    /// Neither a travel permit nor a passport, or the columns of one without its kind.
    DocumentKind,
    /// The number of a travel permit or passport has not 5 to 20 letters and digits.
    DocumentNumber,
    /// The country of a passport has not three letters, or a travel permit has one.
    Country,
    /// There is no document and no guardian.
    Unidentified,
    /// What the line says is true of several people in the register, or of one with another ID number.
    AnotherPerson,
    /// The register has the person with another birth date.
    BirthDateChanged,
    /// Several people have a document with this number.
    Ambiguous,
    /// The person stands in an earlier line.
    Duplicate {
        /// That line.
        first: u64,
    },
    /// The relation is neither parent nor guardian.
    Relation,
    /// Guardian and child are one person.
    SamePerson,
    /// The guardian is not older than the child.
    GuardianNotOlder,
    /// An operator took this parent or guardian out of the register.
    KinshipEnded,
    /// The guardian is not in the register.
    GuardianUnknown,
    /// The child is not in the register.
    ChildUnknown,
}

impl Refusal {
    /// Why, of somebody who was not in a file of many.
    pub fn sentence(self) -> Sentence {
        let (zh, en) = self.sentences();
        Sentence { zh: format!("未登记：{zh}。"), en: format!("Not registered: {en}.") }
    }

    /// In Chinese and in English.
    fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::NotUtf8 => ("不是 UTF-8 编码", "not in UTF-8"),
            Self::IdNumber(IdNumberError::Length) => {
                ("身份证号不是 18 位", "the ID number does not have 18 characters")
            }
            Self::IdNumber(IdNumberError::Characters) => (
                "身份证号中有不该有的字符",
                "the ID number has characters that do not belong there",
            ),
            Self::IdNumber(IdNumberError::CheckDigit) => {
                ("身份证号校验码不符", "the check digit of the ID number does not fit")
            }
            Self::IdNumber(IdNumberError::BirthDate) => {
                ("身份证号中的出生日期不存在", "the birth date in the ID number is no date")
            }
            Self::BirthDateUnreadable => {
                ("出生日期应写作 2026-11-22 的形式", "the birth date is not of the form 2026-11-22")
            }
            Self::BirthDateDisagrees => {
                ("出生日期与身份证号不符", "the birth date is not the one in the ID number")
            }
            Self::BirthDateInFuture => ("出生日期在将来", "the birth date has not come"),
            Self::Name => (
                "姓名为空、过长或含控制字符",
                "the name is empty, too long, or has control characters",
            ),
            Self::NameLost => (
                "姓名中有字在生成文件时丢失（�）",
                "a character of the name was lost when the file was made (�)",
            ),
            Self::Colour => {
                ("颜色须为 green、yellow 或 red", "the colour is none of green, yellow, red")
            }
            Self::Duplicate { .. } => ("人员重复", "the person stands in an earlier line"),
            Self::Group
            | Self::DocumentKind
            | Self::DocumentNumber
            | Self::Country
            | Self::Unidentified
            | Self::AnotherPerson
            | Self::BirthDateChanged
            | Self::Ambiguous => self.about_documents(),
            Self::Relation => {
                ("关系须为 parent 或 guardian", "the relation is neither parent nor guardian")
            }
            Self::SamePerson => ("监护人与子女是同一人", "guardian and child are one person"),
            Self::GuardianNotOlder => {
                ("监护人不比子女年长", "the guardian is not older than the child")
            }
            Self::KinshipEnded => (
                "此监护关系已由工作人员终止",
                "an operator took this parent or guardian out of the register",
            ),
            Self::GuardianUnknown => ("监护人不在登记册中", "the guardian is not in the register"),
            Self::ChildUnknown => ("子女不在登记册中", "the child is not in the register"),
        }
    }

    fn about_documents(self) -> (&'static str, &'static str) {
        match self {
            Self::Group => (
                "群体须为 disability、group-1 至 group-31 或 none",
                "the group is none of disability, group-1 to group-31, none",
            ),
            Self::DocumentKind => (
                "证件须为 travel-permit 或 passport",
                "the document is neither travel-permit nor passport",
            ),
            Self::DocumentNumber => (
                "证件号须为 5 至 20 位字母和数字",
                "the number of the document has not 5 to 20 letters and digits",
            ),
            Self::Country => (
                "护照须有三个字母的国家代码，通行证则无",
                "a passport has the three letters of its state, a travel permit has none",
            ),
            Self::Unidentified => ("既无证件也无监护人", "there is no document and no guardian"),
            Self::AnotherPerson => (
                "所填证件不属于同一人",
                "the documents in this line are not of one person in the register",
            ),
            Self::BirthDateChanged => {
                ("出生日期与登记册不符", "the register has another birth date")
            }
            _ => ("此号码对应多人", "several people have a document with this number"),
        }
    }
}

impl RefusedLine {
    /// Which line, and why.
    pub fn sentence(&self) -> Sentence {
        let Self { line, why } = self;
        let (zh, en) = why.sentences();
        let (zh, en) = (format!("第 {line} 行：{zh}"), format!("line {line}: {en}"));
        match why {
            Refusal::Duplicate { first } => Sentence {
                zh: format!("{zh}（见第 {first} 行）"),
                en: format!("{en} ({first})"),
            },
            _ => Sentence { zh, en },
        }
    }
}

impl fmt::Display for RefusedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sentence { zh, en } = self.sentence();
        write!(f, "{zh} / {en}")
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { added, updated, unchanged, refused } = self;
        let refused_count = refused.len();
        writeln!(
            f,
            "新增 {added}，更新 {updated}，未变 {unchanged}，拒收 {refused_count} / \
             added {added}, updated {updated}, unchanged {unchanged}, refused {refused_count}"
        )?;
        refused.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

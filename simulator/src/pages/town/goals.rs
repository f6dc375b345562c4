//! What to try, in the order of a story.

use maud::{Markup, html};

use super::super::layout::{both, say};
use super::beside;
use crate::Error;
use crate::people::{CHILD, GRANDMOTHER};
use crate::town::Town;
use crate::words::{Sentence, said};

/// Where a goal begins.
enum Way {
    /// At a page of the city.
    Page(String),
    /// At the terminal that this browser becomes.
    Terminal,
}

/// Something to try.
struct Goal {
    title: Sentence,
    how: Sentence,
    way: Way,
}

impl Goal {
    fn new(title: (&str, &str), how: (&str, &str), way: Way) -> Self {
        Self { title: said(title.0, title.1), how: said(how.0, how.1), way }
    }
}

fn goals(town: &Town) -> Result<[Goal; 7], Error> {
    let child = town.city.slot(CHILD)?;
    let page = |path: &str| Way::Page(path.to_owned());
    let card = GRANDMOTHER.id_number();
    Ok([
        Goal::new(
            ("出示码", "Show a code"),
            ("打开妈妈的手机：码在最前。", "Open the mother's phone: the code comes first."),
            page("/phone/mother"),
        ),
        Goal::new(
            ("重新生成", "Regenerate it"),
            (
                "给儿子换一张核酸码：先说明哪些会作废。",
                "A new nucleic-acid code for the son: what it voids is said first.",
            ),
            Way::Page(format!("/phone/mother/nucleic-acid/{child}")),
        ),
        Goal::new(
            ("看旧图被拒", "See the old picture refused"),
            (
                "第2步之后，在采样点出示妈妈相册里的那张：拒绝，并说明原因。",
                "After step 2, hold out the one in the mother's album: refused, and why.",
            ),
            page("/station/sampling"),
        ),
        Goal::new(
            ("断网出示", "Show a code with no network"),
            (
                "关掉爸爸手机的网络，关掉应用再开：码还在。",
                "Cut the father's network, kill and reopen his app: the code is there.",
            ),
            page("/phone/father"),
        ),
        Goal::new(
            ("添加亲属", "Add a relative"),
            ("把女儿陈思宁加到妈妈的手机上。", "Add the daughter, 陈思宁, to the mother's phone."),
            page("/phone/mother/family"),
        ),
        Goal::new(
            ("离线码挂失", "Report a paper code lost"),
            (
                &format!("在自助终端输入外婆的身份证号 {card}。"),
                &format!("At the terminal, type the grandmother's ID number: {card}."),
            ),
            Way::Terminal,
        ),
        Goal::new(
            ("三人一管", "Put three people in a tube"),
            (
                "扫三个人的码，清点拭子，封管。",
                "Scan three people, count the swabs, seal the tube.",
            ),
            page("/station/sampling"),
        ),
    ])
}

/// The list.
pub(super) fn list(town: &Town) -> Result<Markup, Error> {
    let goals = goals(town)?;
    Ok(html! {
        section.try aria-labelledby="try" {
            h2 #try { (both("试试看", "What to try")) }
            ol.goals {
                @for Goal { title, how, way } in &goals {
                    li {
                        @match way {
                            Way::Page(path) => a.goal href=(path) { (words(title, how)) },
                            Way::Terminal => form method="post" action="/terminal" target="_blank" {
                                button.goal { (words(title, how)) (beside()) }
                            },
                        }
                    }
                }
            }
        }
    })
}

fn words(title: &Sentence, how: &Sentence) -> Markup {
    html! {
        span.title { (say(title)) }
        " "
        span.how { (say(how)) }
    }
}

//! The service itself: the revocation lists, and copies of the database.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use maud::html;
use suima_code::LineKind;
use suima_sentences::operator as say;

use super::super::layout::both;
use super::super::reply::Reply;
use super::Asked;
use super::frame::{Section, act, fact};
use super::notes::Note;
use crate::town::Town;
use crate::words::{Sentence, said};

const PATH: &str = "/operator/service";

pub(super) fn router() -> Router<Arc<Town>> {
    Router::new()
        .route(PATH, get(look))
        .route("/operator/service/lists", post(publish))
        .route("/operator/service/backup", post(back_up))
}

async fn look(asked: Asked) -> Reply {
    let content = html! {
        section.panel aria-labelledby="lists" {
            h2 #lists { (both("作废名单", "Revocation lists")) }
            p { (both("检验设备联网时自动取得；也可现在发布，看看有多大。", "Stations get them whenever they are online. Publish them now to see how large they are.")) }
            (act("/operator/service/lists", "", &[], &both("发布名单", "Publish the lists")))
        }
        section.panel aria-labelledby="backup" {
            h2 #backup { (both("备份", "Backup")) }
            p { (both("备份含有私钥，须与私钥同样保管。", "A copy holds the private keys: keep it as you would keep those.")) }
            (act("/operator/service/backup", "", &[], &both("备份数据库", "Back up the database")))
        }
    };
    Ok(asked.show(Section::Service, &content))
}

fn kind_name(kind: LineKind) -> Sentence {
    match kind {
        LineKind::NucleicAcid => said("核酸码", "Nucleic-acid codes"),
        LineKind::Paper => said("离线码", "Paper codes"),
        LineKind::Person => said("随申码，按人", "Live codes, by person"),
        LineKind::Holding => said("随申码，按持有", "Live codes, by holding"),
    }
}

async fn publish(asked: Asked) -> Reply {
    asked.outcome(PATH, asked.issuer().publish_lists(), |lists| {
        Note::good("lists-published", say::lists_published()).with(html! {
            dl.facts {
                @for list in &lists {
                    @let name = kind_name(list.kind);
                    (fact(&both(&name.zh, &name.en), &html! {
                        (both(&format!("第 {} 号，", list.sequence), &format!("number {},", list.sequence)))
                        " " (list.full.len()) " " (both("字节", "bytes"))
                    }))
                }
            }
        })
    })
}

async fn back_up(asked: Asked) -> Reply {
    let name = format!("backup-{}.sqlite", asked.now().get());
    let file = asked.town.city.journal().with_file_name(&name);
    asked.outcome(PATH, asked.issuer().back_up(&file), |()| {
        Note::good("backed-up", say::backed_up(&file.display()))
    })
}

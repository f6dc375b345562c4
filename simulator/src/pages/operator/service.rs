//! The service itself: the revocation lists, and copies of the database.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use maud::html;
use suima_code::{LineKind, UnixTime};
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
    let file = free(&asked.town.city.journal(), asked.now());
    asked.outcome(PATH, asked.issuer().back_up(&file), |()| {
        Note::good("backed-up", say::backed_up(&file.display()))
    })
}

/// A file for a backup beside `journal` that there is not yet: the city's clock may stand within one second.
fn free(journal: &Path, now: UnixTime) -> PathBuf {
    let mut file = journal.with_file_name(format!("backup-{}.sqlite", now.get()));
    let mut number = 1_u32;
    while file.exists() {
        number += 1;
        file.set_file_name(format!("backup-{}-{number}.sqlite", now.get()));
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_backup_of_one_second_has_a_name_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = folder.path().join("issuer.journal");
        let names: Vec<String> = (0..3)
            .map(|_| {
                let file = free(&journal, UnixTime::new(7));
                std::fs::write(&file, b"a backup").expect("a file");
                file.file_name().unwrap_or_default().to_string_lossy().into_owned()
            })
            .collect();
        assert_eq!(names, ["backup-7.sqlite", "backup-7-2.sqlite", "backup-7-3.sqlite"]);
    }
}

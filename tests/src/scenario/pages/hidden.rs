//! What of a result no page shows as a field of its own. It stands in the sentences of the core, which are compared, but for [`Task::Hold`].

use super::super::turns::Task;

/// Where it lies in the result of a task.
pub(in super::super) fn hidden(task: &Task) -> &'static [&'static str] {
    match task {
        Task::Refresh => &["at", "news.at", "news.by", "resolved.since"],
        Task::Scan { .. }
        | Task::PaperCheck { .. }
        | Task::IdCard { .. }
        | Task::Register { .. } => &[
            "at",
            "from",
            "trust",
            "by",
            "place",
            "kid",
            "as-of",
            "name-agrees",
            "year-agrees",
            "checked",
        ],
        Task::ShowLive { .. } | Task::ShowNucleicAcid { .. } | Task::CheckPicture { .. } => &[],
        Task::Ask { .. } => &["at", "expires"],
        // Whom a page does not offer to hold: it needs no sentence for that.
        Task::Hold { .. } => &["at", "zh", "en"],
        _ => &["at"],
    }
}

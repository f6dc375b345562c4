//! Who lives in the city, with the ID numbers that a card reader would type.

use maud::{Markup, html};

use super::super::layout::both;
use crate::people::{
    CHILD, DAUGHTER, FATHER, GRANDFATHER, GRANDMOTHER, MOTHER, Resident, STRANGER,
};

/// With what they are to each other.
const RESIDENTS: [(Resident, &str, &str); 7] = [
    (MOTHER, "妈妈", "Mother"),
    (FATHER, "爸爸", "Father"),
    (CHILD, "儿子", "Son"),
    (DAUGHTER, "女儿", "Daughter"),
    (GRANDFATHER, "外公", "Grandfather"),
    (GRANDMOTHER, "外婆", "Grandmother"),
    (STRANGER, "路人", "A stranger"),
];

/// The list.
pub(super) fn list() -> Markup {
    html! {
        section aria-labelledby="people" {
            h2 #people { (both("居民与身份证号", "People and their ID numbers")) }
            ul.residents {
                @for (resident, zh, en) in RESIDENTS {
                    li {
                        span.who { b { (resident.name) } " " span.role { (both(zh, en)) } }
                        " "
                        span.number translate="no" { (resident.id_number()) }
                    }
                }
                li.hint { (both("点号码即整个选中。", "Click a number to select all of it.")) }
            }
        }
    }
}

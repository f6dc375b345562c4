//! Takes the pictures of the simulator's pages, and writes the page that shows them: `gallery DIR`.
//!
//! The pictures come out as Chromium takes them; `tests/python/gallery.py` makes them small.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use suima_simulator::people::{CHILD, FATHER, GRANDFATHER, GRANDMOTHER, MOTHER};
use suima_simulator::phone::Phone;
use suima_tests::chromium::Window;
use suima_tests::visit::{PC, SMALL, Visit};

/// What is to be read above the pictures.
const HEAD: &str = "# The simulator's pages

The city in a browser, as `cargo run` shows it: its main pages at 360 and at 1440 pixels, phones in the dark as well. Made by
`cargo xtask gallery`, which plays the scenes below in Chromium.
";

/// Where pictures are taken, and what the page says of them.
struct Gallery {
    folder: PathBuf,
    page: String,
}

impl Gallery {
    /// A heading.
    fn part(&mut self, heading: &str) {
        write!(self.page, "\n## {heading}\n").expect("a text grows");
    }

    /// Takes what the window shows now: on a small phone and on a desk, and where it is a phone's page, in the dark.
    fn take(&mut self, window: &Window, name: &str, what: &str) {
        let dark = window.path().starts_with("/phone/");
        let mut files = Vec::new();
        let mut picture = |size, shade: &str| {
            window.resize(size);
            let file = format!("{name}-{}{shade}.png", size.0);
            window.view(&self.folder.join(&file));
            files.push(file);
        };
        picture(SMALL, "");
        if dark {
            window.prefer_dark();
            picture(SMALL, "-dark");
            window.prefer_light();
        }
        picture(PC, "");
        write!(self.page, "\n**{what}**\n\n").expect("a text grows");
        for file in files {
            let width = if file.contains("-1440") { 560 } else { 180 };
            writeln!(self.page, "<img src=\"gallery/{file}\" alt=\"{what}\" width=\"{width}\">")
                .expect("a text grows");
        }
    }
}

/// Types as a scanner does, and waits for the verdict on that.
fn scan(window: &Window, text: &str, verdict: &str) {
    window.evaluate("globalThis.before = document.querySelector('#verdict').dataset.number, document.activeElement.blur()");
    window.type_keys(text);
    window.key("Enter");
    window.until(&format!(
        "(({{ verdict, number }}) => number !== globalThis.before && verdict === {verdict:?})(document.querySelector('#verdict').dataset)"
    ));
}

fn phones(visit: &Visit, gallery: &mut Gallery) {
    let window = visit.small_window("phone");
    let (mother, child) = (visit.slot(MOTHER), visit.slot(CHILD));
    gallery.part("The phone");
    let looked_at = [
        ("live", "/phone/mother".to_owned(), "随申码 The live code"),
        ("relative", format!("/phone/mother/live/{child}"), "亲属随申码 A relative's live code"),
        (
            "nucleic-acid",
            format!("/phone/mother/nucleic-acid/{child}"),
            "核酸码 The nucleic-acid code",
        ),
        (
            "regenerate",
            format!("/phone/mother/regenerate/{child}"),
            "重新生成前的警告 What regenerating voids",
        ),
        ("family", "/phone/mother/family".to_owned(), "家人 Family"),
        ("add", "/phone/mother/family/add".to_owned(), "添加家人 Adding a relative"),
        (
            "holders",
            format!("/phone/mother/family/{mother}/holders"),
            "谁持有我的码 Who holds my codes",
        ),
        ("paper", format!("/phone/mother/paper/{child}"), "离线码 Paper codes"),
        ("scan", "/phone/mother/scan".to_owned(), "扫一扫 Scanning a portal or a terminal"),
        ("more", "/phone/mother/more".to_owned(), "更多 More"),
        ("enrol", "/phone/new/enrol".to_owned(), "开通 Enrolling"),
    ];
    for (name, path, what) in looked_at {
        window.goto(&path);
        gallery.take(&window, name, what);
    }

    window.goto(&format!("/phone/mother/regenerate/{child}"));
    window.press_button("重新生成");
    window.until("document.querySelector('[data-id=made]') !== null");
    gallery.take(&window, "regenerated", "已重新生成 Regenerated");
    window.goto("/phone/mother/check");
    window.click("[name=picture], .album button, .album a");
    window.until("document.querySelector('[data-check]') !== null");
    gallery.take(&window, "checked", "旧图片已被替换 An old picture was replaced");

    window.goto("/phone/mother");
    window.flip("网络");
    window.see("无网络");
    gallery.take(&window, "no-network", "没有网络 No network");
    window.flip("网络");
    window.goto("/phone/mother/more");
    window.flip("长辈模式");
    window.goto("/phone/mother");
    gallery.take(&window, "elder", "长辈模式 Large type");
}

fn posts(visit: &Visit, gallery: &mut Gallery) {
    let mother = visit.town.phone("mother").expect("there is this phone");
    let window = visit.window("post");
    gallery.part("The sampling station");
    window.goto("/station/sampling");
    gallery.take(&window, "sampling", "请扫码 Ready");
    scan(&window, &visit.nucleic_acid_code("mother", MOTHER), "registered");
    scan(&window, &visit.live_code("father", FATHER), "registered");
    scan(&window, &visit.nucleic_acid_code("father", CHILD), "registered");
    gallery.take(&window, "registered", "已登记 Registered");
    window.evaluate("document.activeElement.blur()");
    window.choose("#picture-file", &old_picture(visit, &mother));
    window.until("document.querySelector('#verdict').dataset.verdict === 'refused'");
    gallery.take(&window, "replaced", "旧图片被拒，并说明原因 An old picture is refused, and why");
    scan(&window, &visit.nucleic_acid_code("grandfather", GRANDFATHER), "registered");
    window.click("#tube .seat.taken");
    gallery.take(&window, "seat", "撤回或换管 Taking back or moving");
    window.goto("/station/sampling/seal");
    gallery.take(&window, "seal", "封管 Sealing");
    window.goto("/station/sampling/upload");
    gallery.take(&window, "upload", "待上传 What waits for upload");

    gallery.part("The gate and the door");
    window.goto("/station/gate/gate");
    scan(&window, &visit.live_code("mother", MOTHER), "accepted");
    gallery.take(&window, "gate", "通过 Accepted");
    scan(&window, &visit.nucleic_acid_code("mother", MOTHER), "refused");
    gallery.take(&window, "gate-refused", "核酸码不能进门 A sampling code at a gate");
    window.goto("/station/door/door");
    scan(&window, &GRANDMOTHER.id_number(), "match");
    gallery.take(&window, "door", "人工核验 At the door");
}

/// The picture that the mother saved before the code was regenerated.
fn old_picture(visit: &Visit, mother: &Phone) -> PathBuf {
    let path = visit.folder().join("old.png");
    fs::write(&path, mother.picture("1").expect("she has saved one")).expect("there is room");
    path
}

fn operator(visit: &Visit, gallery: &mut Gallery) {
    let window = visit.window("operator");
    gallery.part("The operator");
    let mother = visit.slot(MOTHER);
    let pages = [
        ("operator", "/operator".to_owned(), "市平台管理 The operator"),
        ("register", "/operator/register".to_owned(), "登记册 Register"),
        ("person", format!("/operator/person/{mother}"), "一个人 A person"),
        ("requests", "/operator/requests".to_owned(), "家人申请 Requests"),
        ("keys", "/operator/keys".to_owned(), "密钥 Keys"),
        ("policy", "/operator/policy".to_owned(), "政策 Policy"),
        ("samples", "/operator/sampling".to_owned(), "采样与冲突 Conflicts"),
        ("audit", "/operator/audit".to_owned(), "查询记录 Audit log"),
    ];
    for (name, path, what) in pages {
        assert_eq!(window.goto(&path), 200, "{path}");
        gallery.take(&window, name, what);
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: gallery DIR");
        return ExitCode::FAILURE;
    };
    let folder = Path::new(&folder).join("gallery");
    fs::create_dir_all(&folder).expect("the folder is made");
    let visit = Visit::begin().await;
    let mut gallery = Gallery { folder: folder.clone(), page: HEAD.to_owned() };
    let window = visit.window("start");
    gallery.part("The start page");
    window.goto("/");
    gallery.take(&window, "start", "首页 What there is and what to try");
    phones(&visit, &mut gallery);
    posts(&visit, &mut gallery);
    operator(&visit, &mut gallery);
    fs::write(folder.with_extension("md"), gallery.page).expect("the page is written");
    ExitCode::SUCCESS
}

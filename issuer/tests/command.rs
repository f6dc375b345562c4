//! The operator's commands, as processes.

mod support;

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use support::id_number;

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_suima-issuer"));
    command.arg("--data").arg(data).args(arguments);
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    command(data, arguments).output().unwrap()
}

fn ok(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_city_from_its_first_command_to_its_last() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    assert!(!run(&data, &["serve"]).status.success(), "there is no city yet");
    assert!(!data.exists());

    let roots = ok(&data, &["init"]);
    assert_eq!(
        ok(&data, &["init"]).lines().collect::<Vec<_>>(),
        roots.lines().take(2).collect::<Vec<_>>()
    );
    for file in ["issuer.sqlite", "cold-root.seed"] {
        let mode = std::fs::metadata(data.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }

    let (one, child) = (id_number("19800203", 1), id_number("20200101", 1));
    let register = folder.path().join("register.csv");
    let lines =
        format!("id_number,name,birth_date\n{one},王小明,1980-02-03\n{child},王一,2020-01-01\n");
    std::fs::write(&register, format!("{lines}{one},王小明,1980-02-03\n")).unwrap();
    let kinship = folder.path().join("kinship.csv");
    let lines = format!("guardian_id_number,child_id_number,relation\n{one},{child},parent\n");
    std::fs::write(&kinship, lines).unwrap();
    let (register, kinship) = (register.to_str().unwrap(), kinship.to_str().unwrap());
    let imported = run(&data, &["import", register, "--kinship", kinship]);
    assert!(!imported.status.success(), "a line was refused");
    let report = String::from_utf8(imported.stdout).unwrap();
    assert!(
        report.contains("新增 2") && report.contains("第 4 行") && report.contains("新增 1"),
        "{report}"
    );

    assert_eq!(ok(&data, &["activation", &one]).trim().len(), 23);
    assert_eq!(ok(&data, &["station", "3 号台"]).trim().len(), 23);
    assert_eq!(ok(&data, &["terminal", "徐汇一号厅"]).trim().len(), 23);
    ok(&data, &["terminal-end", "徐汇一号厅"]);
    assert!(!run(&data, &["terminal-end", "徐汇一号厅"]).status.success(), "there is none");
    ok(&data, &["colour", &one, "yellow"]);
    let nobody = id_number("19800203", 2);
    let unknown = run(&data, &["colour", &nobody, "yellow"]);
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert!(!unknown.status.success() && !said.contains(&nobody), "{said}");

    assert_eq!(ok(&data, &["keys", "list"]).lines().count(), 5);
    assert_eq!(ok(&data, &["keys", "rotate", "lists"]).trim(), "05");
    ok(&data, &["keys", "recall", "05"]);
    assert_eq!(ok(&data, &["publish"]).lines().count(), 4);
    assert!(data.join("lists/nucleic-acid.cwt").exists());
    let policy: serde_json::Value = serde_json::from_str(&ok(&data, &["policy", "show"])).unwrap();
    assert_eq!(policy["limits"]["nucleic_acid_days"], 30);
    assert_eq!(ok(&data, &["conflicts"]), "");
}

#[test]
fn the_operator_changes_numbers_and_cells_and_slips_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    ok(data, &["init"]);
    let set = ["policy", "set", "nucleic_acid_days=31", "paper.manual-check=refused"];
    assert_eq!(ok(data, &set).trim(), "2");
    let policy: serde_json::Value = serde_json::from_str(&ok(data, &["policy", "show"])).unwrap();
    assert_eq!(policy["limits"]["nucleic_acid_days"], 31);
    assert_eq!(policy["table"][1], serde_json::json!(["accepted", "refused", "refused"]));
    for slip in [
        "nucleic_acid_days=0",
        "nucleic_acid_days=-1",
        "no_such_days=3",
        "paper.bank=accepted",
        "live.gate=ask-issuer",
        "id-card.gate=accepted",
        "admitted_colours=8",
        "redraw_seconds=61",
    ] {
        assert!(!run(data, &["policy", "set", slip]).status.success(), "{slip}");
    }
    let after: serde_json::Value = serde_json::from_str(&ok(data, &["policy", "show"])).unwrap();
    assert_eq!(after, policy, "a slip changes nothing");
}

#[test]
fn it_says_where_it_listens_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    ok(folder.path(), &["init"]);
    for stop in ["-INT", "-TERM"] {
        let mut server = command(folder.path(), &["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let address = said.trim().strip_prefix("listening on http://").unwrap();
        drop(std::net::TcpStream::connect(address).unwrap());
        let told = Command::new("kill").args([stop, &server.id().to_string()]).status().unwrap();
        assert!(told.success());
        assert!(server.wait().unwrap().success(), "{stop}");
    }
}

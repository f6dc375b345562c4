//! The operator's commands about families, as processes.

use std::path::Path;
use std::process::{Command, Output};

fn run(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_suima-issuer"));
    command.arg("--data").arg(data).args(arguments).output().unwrap()
}

fn ok(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// A refusal, which says why and names nobody.
fn refused(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("111111111") && !said.contains("222222222"), "{said}");
    said
}

#[test]
fn an_operator_decides_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    ok(&data, &["init"]);
    let register = folder.path().join("register.csv");
    std::fs::write(
        &register,
        "id_number,name,birth_date,document,country,number,guardian,relation\n\
         ,Anna Smith,1985-06-07,passport,GBR,111111111,,\n\
         ,Ruth Smith,1950-06-07,passport,GBR,222222222,,\n\
         ,Tom Smith,2020-06-07,passport,GBR,333333333,111111111,parent\n\
         ,Amy Smith,2026-06-07,,,,111111111,parent\n",
    )
    .unwrap();
    assert!(ok(&data, &["import", register.to_str().unwrap()]).contains("新增 4"));
    ok(&data, &["activation", "111111111"]);

    let [anna, ruth, tom] = ["111111111", "222222222", "333333333"];
    refused(&data, &["consent", anna, ruth]);
    ok(&data, &["consent", anna, ruth, "--reason", "本人到场"]);
    assert!(refused(&data, &["consent", anna, tom, "--reason", "试试"]).contains("user"));
    assert!(
        refused(&data, &["consent", anna, "999999999", "--reason", "试试"])
            .contains("登记册中没有此人")
    );
    ok(&data, &["withdraw", anna, ruth, "--reason", "本人要求"]);
    let nothing = refused(&data, &["withdraw", anna, ruth, "--reason", "再次"]);
    assert!(nothing.contains("nothing of that kind"), "{nothing}");
    ok(&data, &["kinship-end", anna, tom, "--reason", "法院判决"]);
    refused(&data, &["kinship-end", anna, tom, "--reason", "再次"]);
    ok(&data, &["kinship-restore", anna, tom, "--reason", "上诉改判"]);
    let amy = "111111111/AMY SMITH/2026-06-07";
    ok(&data, &["colour", amy, "yellow"]);
    ok(&data, &["kinship-end", anna, amy, "--reason", "法院判决"]);
    ok(&data, &["kinship-restore", anna, amy, "--reason", "上诉改判"]);
    refused(&data, &["colour", "111111111/Amy Smith/2026-06-08", "yellow"]);
    refused(&data, &["colour", "222222222/Amy Smith/2026-06-07", "yellow"]);
    let nothing = refused(&data, &["end-device", anna, "--reason", "手机遗失"]);
    assert!(nothing.contains("没有可变更的对象"), "{nothing}");
}

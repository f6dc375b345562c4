//! The files of `tests/scenarios/` say what they mean, and nothing else.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};
use suima_tests::scenario::{Act, Network, Scenario, Step, What, folder, read_rules, trials};

fn scenario() -> Value {
    json!({
        "name": "r1-example",
        "title": { "zh": "例", "en": "an example" },
        "proves": ["R1.1"],
        "people": ["mother"],
        "devices": [{ "name": "mother-phone", "kind": "phone", "of": "mother" }],
        "steps": [{ "do": "refresh", "device": "mother-phone" }],
    })
}

fn step() -> Value {
    json!({ "only": "cut", "do": "wait", "for": "31d", "expect": { "error": null } })
}

#[test]
fn what_is_sound_is_read() {
    let read: Scenario = serde_json::from_value(scenario()).unwrap();
    assert_eq!(read.network, [Network::Online]);
    let read: Step = serde_json::from_value(step()).unwrap();
    assert_eq!(read.only, Some(Network::Cut));
}

#[test]
fn an_unknown_field_is_an_error_wherever_it_stands() {
    for place in ["", "/title", "/devices/0", "/steps/0"] {
        let mut spoilt = scenario();
        spoilt.pointer_mut(place).unwrap()["more"] = json!(1);
        assert!(serde_json::from_value::<Scenario>(spoilt).is_err(), "{place}");
    }
    for (field, value) in [("do", json!("dance")), ("only", json!("slow")), ("for", json!("5w"))] {
        let mut spoilt = step();
        spoilt[field] = value;
        assert!(serde_json::from_value::<Step>(spoilt).is_err(), "{field}");
    }
}

#[test]
fn what_is_run_with_the_network_cut_cuts_a_network() {
    let mut runs = 0;
    let rules = read_rules();
    for trial in trials(&rules) {
        let (steps, network) = match trial.what {
            What::Scenario(scenario) => (&scenario.steps, &scenario.network),
            What::Action(action) => (&action.steps, &action.network),
        };
        let cuts =
            |step: &Step| step.only == Some(Network::Cut) && matches!(step.act, Act::Cut { .. });
        let is_cut = network.contains(&Network::Cut);
        assert_eq!(steps.iter().any(cuts), is_cut, "{}", trial.name());
        runs += usize::from(trial.network == Network::Cut);
    }
    assert_ne!(runs, 0);
}

#[test]
fn no_two_scenarios_have_one_name_and_each_begins_with_its_rule() {
    let rules = read_rules();
    let mut seen = BTreeSet::new();
    for trial in trials(&rules) {
        let rule = format!("{}-", trial.rule.rule.to_lowercase());
        assert!(trial.name().starts_with(&rule), "{}", trial.name());
        let run = (trial.name().to_owned(), format!("{:?}", trial.network));
        assert!(seen.insert(run), "{}", trial.name());
    }
}

#[test]
fn all_that_can_be_done_to_each_kind_is_done_where_the_kinds_are_compared() {
    let rules = read_rules();
    let mut independences = rules.iter().filter_map(|rule| rule.independence.as_ref());
    let independence = independences.next().expect("R5 compares the kinds");
    let kinds = independence.kinds.iter();
    let possible: BTreeSet<(&str, &str)> =
        kinds.flat_map(|kind| kind.done.iter().map(|does| (&*kind.name, &**does))).collect();
    let actions = independence.actions.iter();
    let done: BTreeSet<(&str, &str)> = actions.map(|action| (&*action.to, &*action.does)).collect();
    assert_eq!(done, possible);
}

#[test]
fn the_specification_the_schema_and_the_runner_know_the_same_steps() {
    let text = fs::read_to_string(folder().join("schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let steps = schema["$defs"]["step"]["allOf"].as_array().unwrap();
    let named =
        |step: &Value| step["then"]["properties"]["do"]["const"].as_str().unwrap().to_owned();
    let schema: BTreeSet<String> = steps.iter().map(named).collect();

    let text = fs::read_to_string(folder().join("README.md")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let rows = rows.filter(|(kind, rest)| *kind != "do" && rest.matches(" | ").count() >= 3);
    let specified: BTreeSet<String> = rows.map(|(kind, _)| kind.to_owned()).collect();
    assert_eq!(specified, schema);

    // The runner names all kinds that it knows when it is asked for another.
    let error = serde_json::from_value::<Step>(json!({ "do": "dance" })).unwrap_err().to_string();
    let known: BTreeSet<String> = error.split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert_eq!(known, schema);
}

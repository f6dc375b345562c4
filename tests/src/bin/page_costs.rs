//! How soon the simulator's pages show what happened elsewhere: `page_costs`.
//!
//! Against the least that it can cost: one page asked for and read into a document. Both are taken in turns in one run, as
//! milliseconds of the machine's clock, which all windows share.

use suima_simulator::people::FATHER;
use suima_tests::chromium::Window;
use suima_tests::visit::Visit;

/// How often each is measured.
const ROUNDS: usize = 100;

/// Now, on a page.
const NOW: &str = "(performance.timeOrigin + performance.now())";

/// What is done by a form of one window, in turns one way and the other, and what another then has to show.
struct Change<'a> {
    what: &'a str,
    path: &'a str,
    fields: [String; 2],
    shows: [&'a str; 2],
}

impl Change<'_> {
    /// Milliseconds until it was seen, and those of a page that is only asked for; each in order.
    fn measure(&self, here: &Window, there: &Window) -> [Vec<f64>; 2] {
        let (mut seen, mut floor) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            let turn = round % 2;
            let (fields, shows) = (&self.fields[turn], self.shows[turn]);
            floor.push(milliseconds(
                there,
                &format!(
                    "(async () => {{
                        const begun = {NOW};
                        const html = await (await fetch(location.href, {{ cache: 'no-store' }})).text();
                        new DOMParser().parseFromString(html, 'text/html');
                        return {NOW} - begun;
                    }})()"
                ),
            ));
            there.evaluate(&format!(
                "globalThis.seen = new Promise((done) => {{
                    const look = () => {{
                        if (!({shows})) return;
                        removeEventListener('drawn', look);
                        done({NOW});
                    }};
                    addEventListener('drawn', look);
                }}), null"
            ));
            let begun = milliseconds(
                here,
                &format!(
                    "(() => {{
                        const begun = {NOW};
                        fetch({:?}, {{ method: 'POST', body: new URLSearchParams({fields}) }});
                        return begun;
                    }})()",
                    self.path
                ),
            );
            seen.push(milliseconds(there, "globalThis.seen") - begun);
        }
        [seen, floor].map(|mut all| {
            all.sort_by(f64::total_cmp);
            all
        })
    }

    /// A line of the table.
    fn tell(&self, here: &Window, there: &Window) {
        let [seen, floor] = self.measure(here, there);
        let (middle, least) = (seen[ROUNDS / 2], floor[ROUNDS / 2]);
        println!(
            "| {} | {middle:.0} ms | {:.0} ms | {least:.0} ms | {:.1} |",
            self.what,
            seen[ROUNDS - 1],
            middle / least
        );
    }
}

fn milliseconds(window: &Window, expression: &str) -> f64 {
    window.evaluate(expression).as_f64().expect("a number of milliseconds")
}

#[tokio::main]
async fn main() {
    let visit = Visit::begin().await;
    let slot = visit.slot(FATHER);
    let (here, there) = (visit.window("here"), visit.window("there"));
    println!("| what happens | seen after, median | slowest of {ROUNDS} | a page alone | ratio |");
    println!("| --- | --- | --- | --- | --- |");

    here.goto("/phone/mother");
    there.goto("/phone/mother");
    Change {
        what: "a phone's network is cut, in another window of it",
        path: "/phone/mother/network",
        fields: ["{ on: 'no' }", "{ on: 'yes' }"].map(str::to_owned),
        shows: [
            "document.body.textContent.includes('无网络')",
            "!document.body.textContent.includes('无网络')",
        ],
    }
    .tell(&here, &there);

    here.goto("/operator/health");
    there.goto("/phone/father");
    Change {
        what: "the operator sets a colour, on the phone",
        path: "/operator/health/set",
        fields: ["yellow", "green"].map(|colour| {
            format!("{{ slot: {slot}, colour: '{colour}', back: '/operator/health' }}")
        }),
        shows: [
            "document.querySelector('.code')?.dataset.colour === 'yellow'",
            "document.querySelector('.code')?.dataset.colour === 'green'",
        ],
    }
    .tell(&here, &there);
}

//! What the page draws: the views of the core, with a word or two around them.

use serde::Serialize;
use suima_code::{Colour, Slot, UnixTime};
use suima_sentences::minute;
use suima_station::{ClockStatus, TubeView};
use suima_wallet::{LiveView, NucleicAcidView, PersonView, Relation, Sentence, Wallet};

use super::Town;
use crate::Error;
use crate::phone::Phone;
use crate::words::{Said, Tone, ago, said, short_minute};

/// Everything, as of one moment.
#[derive(Debug, Serialize)]
pub struct State {
    now: UnixTime,
    phones: Vec<PhoneState>,
    station: StationState,
}

#[derive(Debug, Serialize)]
struct PhoneState {
    id: &'static str,
    title: Said,
    network: bool,
    age: Said,
    clock_is_set_wrong: bool,
    banners: Vec<Banner>,
    people: Vec<PersonState>,
}

#[derive(Debug, Serialize)]
struct Banner {
    tone: Tone,
    #[serde(flatten)]
    said: Said,
}

#[derive(Debug, Serialize)]
struct PersonState {
    slot: Slot,
    name: String,
    relation: Said,
    held: bool,
    live_name: Said,
    live: CodeState,
    nucleic: CodeState,
}

/// A code on the screen, or why there is none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum CodeState {
    Shown(Box<ShownCode>),
    Lacking { lack: Said },
}

#[derive(Debug, Serialize)]
struct ShownCode {
    text: String,
    svg: String,
    frame: &'static str,
    status: Said,
    until: Said,
    made: Said,
    doubt: bool,
    notices: Vec<Said>,
}

#[derive(Debug, Serialize)]
struct StationState {
    network: bool,
    age: Said,
    banners: Vec<Banner>,
    waiting: Said,
    /// Site and staff member.
    session: Option<String>,
    tube_title: Said,
    tube: Option<TubeState>,
}

#[derive(Debug, Serialize)]
struct TubeState {
    capacity: u8,
    sealed: bool,
    /// By place, empty ones too.
    seats: Vec<Option<SeatState>>,
}

#[derive(Debug, Serialize)]
struct SeatState {
    id: String,
    name: String,
}

/// The state of all devices.
pub async fn state(town: &Town) -> Result<State, Error> {
    let now = town.city.clock.now();
    let titles = [said("妈妈的手机", "Mother's phone"), said("爸爸的手机", "Father's phone")];
    let mut phones = Vec::new();
    for (phone, title) in town.city.phones().into_iter().zip(titles) {
        phones.push(phone_state(phone, title, now).await?);
    }
    Ok(State { now, phones, station: station_state(town).await? })
}

async fn phone_state(phone: &Phone, title: Said, now: UnixTime) -> Result<PhoneState, Error> {
    let wallet = phone.wallet();
    let network = phone.device.line.is_up().await;
    let told = phone.told().into_iter().map(|(tone, said)| Banner { tone, said });
    let offline = Banner {
        tone: Tone::Bad,
        said: said("没有网络。码照常可以出示。", "No network. Codes can be shown all the same."),
    };
    let people = wallet.family()?.into_iter().map(|person| person_state(&wallet, person));
    Ok(PhoneState {
        id: phone.device.id,
        title,
        network,
        age: as_of("更新于", "As of", wallet.status()?.as_of, now),
        clock_is_set_wrong: phone.device.clock.error() != 0,
        banners: told.chain((!network).then_some(offline)).collect(),
        people: people.collect(),
    })
}

/// How old a device's knowledge is.
fn as_of(zh: &str, en: &str, as_of: Option<UnixTime>, now: UnixTime) -> Said {
    match as_of {
        Some(at) => {
            let (time, ago) = (short_minute(at), ago(now.since(at)));
            said(format!("{zh} {time}({})", ago.zh), format!("{en} {time} ({})", ago.en))
        }
        None => said("尚未联网", "Never online"),
    }
}

fn person_state(wallet: &Wallet, person: PersonView) -> PersonState {
    let slot = person.slot;
    let oneself = person.relation == Relation::Oneself;
    PersonState {
        slot,
        relation: match person.relation {
            Relation::Oneself => said("本人", "Myself"),
            Relation::Child => said("子女", "My child"),
            Relation::Ward => said("被监护人", "My ward"),
            Relation::Relative => said("亲属", "A relative"),
        },
        live_name: if oneself {
            said("随申码", "Live code")
        } else {
            said("亲属随申码", "Relative code")
        },
        live: wallet.show_live(slot).map_or_else(|error| lacking(&error), live),
        nucleic: wallet.show_nucleic_acid(slot).map_or_else(|error| lacking(&error), nucleic_acid),
        name: person.name,
        held: person.held,
    }
}

fn lacking(error: &suima_wallet::Error) -> CodeState {
    CodeState::Lacking { lack: error.sentence().into() }
}

fn live(view: LiveView) -> CodeState {
    let (frame, status) = match view.colour {
        Colour::Green => ("green", said("绿码", "Green")),
        Colour::Yellow => ("yellow", said("黄码", "Yellow")),
        Colour::Red => ("red", said("红码", "Red")),
    };
    let [until, since, gates] =
        [view.counts_until, view.colour_as_of, view.colour_counts_until].map(short_minute);
    CodeState::Shown(Box::new(ShownCode {
        text: view.text,
        svg: view.svg,
        frame,
        status,
        until: said(
            format!("无网络可出示至 {until}"),
            format!("Can be shown offline until {until}"),
        ),
        made: said(
            format!("颜色截至 {since},门口认到 {gates}"),
            format!("Colour as of {since}, at gates until {gates}"),
        ),
        doubt: false,
        notices: notices(view.notices),
    }))
}

fn nucleic_acid(view: NucleicAcidView) -> CodeState {
    let (day, made, by) = (view.last_day, minute(view.made.iat), view.made.by);
    CodeState::Shown(Box::new(ShownCode {
        text: view.text,
        svg: view.svg,
        frame: "static",
        status: said("只用于核酸采样", "For sampling only"),
        until: said(format!("有效至 {day} 当天"), format!("Counts until the end of {day}")),
        made: said(format!("{by} {made} 生成"), format!("Made by {by}, {made}")),
        doubt: view.doubt.is_some(),
        notices: notices(view.notices),
    }))
}

fn notices(sentences: Vec<Sentence>) -> Vec<Said> {
    sentences.into_iter().map(Into::into).collect()
}

async fn station_state(town: &Town) -> Result<StationState, Error> {
    let station = town.post.station();
    let status = station.status()?;
    let network = town.post.device.line.is_up().await;
    let mut banners = Vec::new();
    if !network {
        banners.push((
            Tone::Bad,
            said("没有网络。扫码和登记照常进行。", "No network. Scanning and registering go on."),
        ));
    }
    if let ClockStatus::Wrong { by_seconds } = status.clock {
        banners.push((
            Tone::Caution,
            said(
                format!("本机时间差{by_seconds}秒,已按市平台时间校正。"),
                format!("This device's clock is {by_seconds} s off; the right time is used."),
            ),
        ));
    }
    for conflict in &status.conflicts {
        let name = conflict.name.as_deref().or(conflict.barcode.as_deref()).unwrap_or_default();
        banners.push((
            Tone::Caution,
            said(
                format!("{name}:与另一条登记不一致,请核对。"),
                format!("{name}: at odds with another entry; look into it."),
            ),
        ));
    }
    let tube = station.tube()?;
    let waiting = status.waiting;
    let session = station.session()?;
    let list = as_of("名单截至", "List as of", status.as_of, status.now);
    let policy = status.policy_version;
    Ok(StationState {
        network,
        age: said(
            format!("{} · 政策第{policy}版", list.zh),
            format!("{}, policy version {policy}", list.en),
        ),
        banners: banners.into_iter().map(|(tone, said)| Banner { tone, said }).collect(),
        waiting: match waiting {
            0 => said("全部已上传", "Everything is uploaded"),
            _ => said(format!("{waiting} 条待上传"), format!("{waiting} entries to upload")),
        },
        session: session.map(|session| format!("{} · {}", session.site, session.staff)),
        tube_title: tube.as_ref().map_or_else(|| said("没有试管", "No tube"), tube_title),
        tube: tube.map(tube_state),
    })
}

fn tube_title(tube: &TubeView) -> Said {
    let TubeView { barcode, taken, capacity, .. } = tube;
    match &tube.sealed {
        Some(sealed) => said(
            format!("试管 {barcode} 已封管,拭子{}支", sealed.swabs),
            format!("Tube {barcode} is sealed with {} swabs", sealed.swabs),
        ),
        None => said(
            format!("试管 {barcode} · {taken}/{capacity}"),
            format!("Tube {barcode}, {taken} of {capacity}"),
        ),
    }
}

fn tube_state(tube: TubeView) -> TubeState {
    let mut seats: Vec<Option<SeatState>> = (0..tube.capacity).map(|_| None).collect();
    for seat in tube.seats {
        if let Some(place) = usize::from(seat.seat).checked_sub(1).and_then(|i| seats.get_mut(i)) {
            *place = Some(SeatState { id: seat.entry, name: seat.name });
        }
    }
    TubeState { capacity: tube.capacity, sealed: tube.sealed.is_some(), seats }
}

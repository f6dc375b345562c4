//! What there is in the city, each with what can be seen of it from outside.

use maud::{Markup, PreEscaped, html};
use suima_wallet::LiveView;

use super::super::layout::{both, say};
use super::beside;
use crate::Error;
use crate::phone::Phone;
use crate::town::Town;
use crate::words::{Sentence, colour_word, said};

/// The phones, each with the code that its app would show first.
pub(super) async fn phones(town: &Town) -> Result<Markup, Error> {
    let mut cards = Vec::new();
    for id in ["mother", "father", "grandfather", "new"] {
        let phone = town.phone(id)?;
        let name = phone.name().unwrap_or_else(|| said(id, id));
        let (cut, news) = (phone.device.is_cut().await, !phone.messages().is_empty());
        let live = first_code(&phone);
        cards.push(html! {
            li {
                a.handset href={ "/phone/" (id) } {
                    (screen(live.as_ref()))
                    b.title { (say(&name)) }
                    " "
                    @if cut { (no_network()) }
                    @else if news { span.state.news { (both("有消息", "News")) } }
                    @else if let Some(live) = &live { span.state { (live.name) } }
                    @else { span.state { (both("未开通", "Not enrolled")) } }
                }
            }
        });
    }
    Ok(html! {
        section aria-labelledby="phones" {
            h2 #phones { (both("手机", "Phones")) }
            ul.handsets { @for card in cards { (card) } }
        }
    })
}

/// The user's own live code, where the phone can show one.
fn first_code(phone: &Phone) -> Option<LiveView> {
    let wallet = phone.wallet();
    let own = wallet.family().ok()?.into_iter().find(|person| person.held)?;
    wallet.show_live(own.slot).ok()
}

/// What stands on the screen, seen from afar: the label of the link says the rest.
fn screen(live: Option<&LiveView>) -> Markup {
    let colour = live.map_or("none", |live| colour_word(live.colour));
    html! {
        span.screen.(colour) aria-hidden="true" {
            @if let Some(live) = live { (PreEscaped(&live.svg)) } @else { "+" }
        }
    }
}

/// Posts and counters.
pub(super) async fn places(town: &Town) -> Result<Markup, Error> {
    let tube = town.post("sampling")?.station().tube()?;
    let tube = tube.map_or_else(
        || said("没有打开的试管", "No open tube"),
        |tube| {
            let count = format!("{}/{}", tube.taken, tube.capacity);
            said(format!("试管 {count}"), format!("Tube {count}"))
        },
    );
    let posts = [
        ("sampling", "/station/sampling", "采", said("采样点", "Sampling"), tube),
        ("gate", "/station/gate/gate", "闸", said("闸机", "Gate"), said("地铁站", "Metro station")),
        (
            "door",
            "/station/door/door",
            "门",
            said("人工核验", "Door"),
            said("社区中心", "Community centre"),
        ),
    ];
    let mut cards = Vec::new();
    for (id, to, sign, name, state) in posts {
        let cut = town.post(id)?.device.is_cut().await;
        cards.push(place(to, sign, &name, &state, cut));
    }
    let state = |zh, en| html! { span.state { (both(zh, en)) } };
    let portal = state("在电脑上办离线码", "Paper codes on a PC");
    let terminal = state("刷身份证办离线码", "Paper codes by ID card");
    let operator = said("登记、密钥、政策", "Register, keys, policy");
    Ok(html! {
        section aria-labelledby="places" {
            h2 #places { (both("岗位与窗口", "Posts and counters")) }
            ul.places {
                @for card in cards { (card) }
                li {
                    a.place href={ (town.issuer.url()) "/portal" } target="_blank" rel="noopener" {
                        (front("网", &said("PC 端", "PC portal"), &portal)) (beside())
                    }
                }
                li {
                    form method="post" action="/terminal" target="_blank" {
                        button.place { (front("卡", &said("自助终端", "Terminal"), &terminal)) (beside()) }
                    }
                }
                (place("/operator", "管", &said("市平台", "Operator"), &operator, false))
            }
        }
    })
}

fn place(to: &str, sign: &str, name: &Sentence, state: &Sentence, cut: bool) -> Markup {
    html! {
        li {
            a.place href=(to) {
                (front(sign, name, &html! { @if cut { (no_network()) } @else { span.state { (say(state)) } } }))
            }
        }
    }
}

fn front(sign: &str, name: &Sentence, state: &Markup) -> Markup {
    html! {
        span.sign aria-hidden="true" { (sign) }
        b.title { (say(name)) }
        " "
        (state)
    }
}

fn no_network() -> Markup {
    html! { span.state.cut { (both("无网络", "No network")) } }
}

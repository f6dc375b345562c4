//! Consent, holders, and the end of a holding, on a phone.

use serde_json::{Value, json};
use suima_code::{Slot, StaticKind};
use suima_wallet::Wallet;

use super::phone::failed;
use super::{Done, Names};
use crate::scenario::instant::written;
use crate::scenario::run::Trouble;
use crate::scenario::turns::Task;

/// Does it.
pub(super) async fn perform(wallet: &Wallet, names: &Names, task: &Task) -> Result<Done, Trouble> {
    let came = match task {
        Task::Ask { document, full_name } => match wallet.ask(document, full_name).await {
            Ok(expires) => json!({ "expires": written(expires) }).into(),
            Err(error) => failed(&error).into(),
        },
        Task::Asks => asks(wallet, names).into(),
        Task::Answer { asker, agree } => answer(wallet, asker, *agree).await?,
        Task::Redeem { code } => match wallet.redeem(code).await {
            Ok(slot) => json!({ "person": names.of(slot) }).into(),
            Err(error) => failed(&error).into(),
        },
        Task::Holders { slot } => holders(wallet, names, *slot).into(),
        Task::EndHolding { slot, holder } => end_holding(wallet, *slot, holder).await?.into(),
        other => return Err(Trouble(format!("no phone does {other:?}"))),
    };
    Ok(came)
}

fn asks(wallet: &Wallet, names: &Names) -> Value {
    let asks = match wallet.asks() {
        Ok(asks) => asks,
        Err(error) => return failed(&error),
    };
    let asks = asks.into_iter().map(|ask| {
        json!({
            "by": names.named(&ask.by),
            "at": written(ask.at),
            "expires": written(ask.expires),
            "zh": ask.sentence.zh,
            "en": ask.sentence.en,
        })
    });
    json!({ "asks": asks.collect::<Vec<_>>() })
}

async fn answer(wallet: &Wallet, asker: &str, agree: bool) -> Result<Done, Trouble> {
    let asks = wallet.asks().map_err(Trouble::of)?;
    let ask = asks.into_iter().find(|ask| ask.by == asker);
    let ask = ask.ok_or_else(|| Trouble(format!("{asker} asks for nothing")))?;
    Ok(match wallet.answer(&ask.id, agree).await {
        Ok(Some(code)) => {
            let result = json!({ "agreed": true, "expires": written(code.expires) });
            Done { code: Some(code.digits().to_owned()), ..result.into() }
        }
        Ok(None) => json!({ "agreed": false }).into(),
        Err(error) => failed(&error).into(),
    })
}

fn holders(wallet: &Wallet, names: &Names, slot: Slot) -> Value {
    let holders = match wallet.holders(slot) {
        Ok(holders) => holders,
        Err(error) => return failed(&error),
    };
    let holders = holders.into_iter().map(|holder| {
        let name = names.named(&holder.name);
        json!({ "holder": name, "since": written(holder.since), "this-device": holder.this_device })
    });
    json!({ "holders": holders.collect::<Vec<_>>() })
}

async fn end_holding(wallet: &Wallet, slot: Slot, holder: &str) -> Result<Value, Trouble> {
    let holders = wallet.holders(slot).map_err(Trouble::of)?;
    let found = holders.into_iter().find(|one| one.name == holder);
    let found = found.ok_or_else(|| Trouble(format!("{holder} does not hold it")))?;
    let question = wallet.end_warning(slot, found.holding).map_err(Trouble::of)?;
    let ended = match wallet.end_holding(slot, found.holding).await {
        Ok(ended) => ended,
        Err(error) => return Ok(failed(&error)),
    };
    let offers = ended.offers.iter().map(|offer| {
        let kind = match offer.kind {
            StaticKind::NucleicAcid => "nucleic-acid",
            StaticKind::Paper => "paper",
        };
        json!({ "kind": kind, "at": written(offer.iat), "zh": offer.sentence.zh })
    });
    Ok(json!({
        "question": question.zh,
        "zh": ended.sentence.zh,
        "en": ended.sentence.en,
        "offers": offers.collect::<Vec<_>>(),
    }))
}

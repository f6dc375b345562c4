//! What a refused request is told, and what to do next: the titles of RFC 9457, and what phones and stations say.

use suima_client::wire::ProblemId;

use crate::Sentence;

sentences! {
    /// [`ProblemId::BadRequest`].
    Refusal bad_request()
        "请求无法理解。请更新应用后重试。"
        "The request does not make sense. Update the app and try again.";
    /// [`ProblemId::SignatureInvalid`].
    Refusal signature_invalid()
        "请求签名缺失或不符。请重试；若仍不行，请重新开通。"
        "The signature is missing or does not fit. Try again; if it fails again, enrol anew.";
    /// [`ProblemId::SignatureStale`].
    Refusal signature_stale()
        "请求时间与服务器相差过大。请检查本机时间后重试。"
        "The signature is too old or too new. Check the clock and try again.";
    /// [`ProblemId::Replayed`].
    Refusal replayed()
        "该请求此前已经收到。请重新发起。"
        "This very request was received before. Ask again.";
    /// [`ProblemId::UnknownDevice`].
    Refusal unknown_device()
        "本设备尚未开通。请输入激活码。"
        "This device is not enrolled. Enter an activation code.";
    /// [`ProblemId::DeviceEnded`].
    Refusal device_ended()
        "本设备已停用，可能已换新设备。如需使用，请重新开通。"
        "This device was ended, perhaps by a newer one. Enrol again to use it.";
    /// [`ProblemId::ActivationRefused`]: never says which of them it is.
    Refusal activation_refused()
        "激活码有误、已用过、已过期或试得太多。请重新领取。"
        "The activation code is wrong, used or expired, or was tried too often. Get a new one.";
    /// [`ProblemId::OneTimeCodeRefused`]: never says which of them it is.
    Refusal one_time_code_refused()
        "一次性码有误、已用过或已过期。请核对；输错五次须重新请求。"
        "The one-time code is wrong, used or expired. Check it; after five wrong ones, ask anew.";
    /// [`ProblemId::NotAllowed`]: the same whether or not there is such a person.
    Refusal not_allowed()
        "当前用户不能进行此操作。请核对所填内容，或到服务窗口办理。"
        "This is not possible for this user. Check what was entered, or ask at a service desk.";
    /// [`ProblemId::RelativesFull`].
    Refusal relatives_full()
        "您持有的亲属码已达上限。请先解除一个。"
        "You hold as many relatives as is allowed. End one first.";
    /// [`ProblemId::HoldersFull`].
    Refusal holders_full()
        "持有该亲属码的人数已达上限。请先由其中一人解除。"
        "As many people hold this relative as is allowed. Have one of them end theirs first.";
    /// [`ProblemId::TooOften`].
    Refusal too_often()
        "今天的申请次数已用完。请明天再试。"
        "You have asked as often today as is allowed. Try again tomorrow.";
    /// [`ProblemId::IdempotencyKeyReused`].
    Refusal idempotency_key_reused()
        "该请求编号已用于其他请求。请重新发起。"
        "The idempotency key is in use for another request. Ask again.";
    /// [`ProblemId::Internal`].
    Refusal internal()
        "服务暂时出错。请稍后再试。"
        "The service failed. Try again later.";
}

/// Says what is wrong with a request and what to do.
pub fn describe_problem(id: ProblemId) -> Sentence {
    match id {
        ProblemId::BadRequest => bad_request(),
        ProblemId::SignatureInvalid => signature_invalid(),
        ProblemId::SignatureStale => signature_stale(),
        ProblemId::Replayed => replayed(),
        ProblemId::UnknownDevice => unknown_device(),
        ProblemId::DeviceEnded => device_ended(),
        ProblemId::ActivationRefused => activation_refused(),
        ProblemId::OneTimeCodeRefused => one_time_code_refused(),
        ProblemId::NotAllowed => not_allowed(),
        ProblemId::RelativesFull => relatives_full(),
        ProblemId::HoldersFull => holders_full(),
        ProblemId::TooOften => too_often(),
        ProblemId::IdempotencyKeyReused => idempotency_key_reused(),
        ProblemId::Internal => internal(),
    }
}

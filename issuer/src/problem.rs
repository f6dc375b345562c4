//! Problems: what a refused request is told (RFC 9457).

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{Response, StatusCode};
use suima_client::wire::{Problem, ProblemId};
use suima_code::UnixTime;

/// The status, the English title and the Chinese title.
fn texts(id: ProblemId) -> (StatusCode, &'static str, &'static str) {
    match id {
        ProblemId::BadRequest => (
            StatusCode::BAD_REQUEST,
            "The request does not make sense",
            "请求无法理解，请更新应用后重试",
        ),
        ProblemId::SignatureInvalid => (
            StatusCode::UNAUTHORIZED,
            "The signature is missing or does not fit",
            "请求签名缺失或不符，请重试",
        ),
        ProblemId::SignatureStale => (
            StatusCode::UNAUTHORIZED,
            "The signature is too old or too new: check the clock",
            "请求时间与服务器相差过大，请检查手机时间",
        ),
        ProblemId::Replayed => (
            StatusCode::UNAUTHORIZED,
            "This very request was received before",
            "该请求此前已经收到，请重新发起",
        ),
        ProblemId::UnknownDevice => (
            StatusCode::UNAUTHORIZED,
            "This device is not enrolled",
            "本设备尚未激活，请用激活码激活",
        ),
        ProblemId::DeviceEnded => (
            StatusCode::FORBIDDEN,
            "This device was replaced by another: enrol again to use it",
            "本设备已被新设备取代，如需使用请重新激活",
        ),
        ProblemId::ActivationRefused => (
            StatusCode::FORBIDDEN,
            "The activation code is wrong, used or expired, or was tried too often",
            "激活码有误、已使用、已过期或尝试次数过多，请重新领取",
        ),
        ProblemId::NotAllowed => {
            (StatusCode::FORBIDDEN, "This is not possible for this user", "当前用户不能进行此操作")
        }
        ProblemId::RelativesFull => (
            StatusCode::CONFLICT,
            "You hold as many relatives as is allowed",
            "您持有的亲属码已达上限",
        ),
        ProblemId::HoldersFull => (
            StatusCode::CONFLICT,
            "As many people hold this relative as is allowed",
            "持有该亲属码的人数已达上限",
        ),
        ProblemId::TooOften => (
            StatusCode::TOO_MANY_REQUESTS,
            "You have asked as often today as is allowed: try again tomorrow",
            "今天的申请次数已用完，请明天再试",
        ),
        ProblemId::IdempotencyKeyReused => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "The idempotency key is in use for another request",
            "该请求编号已用于其他请求",
        ),
        ProblemId::Internal => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "The issuer failed: try again later",
            "服务暂时出错，请稍后再试",
        ),
    }
}

/// The answer that says this problem.
pub(crate) fn response(id: ProblemId, time: UnixTime) -> Response<Body> {
    let (status, ..) = texts(id);
    response_with(id, status, time)
}

/// The same with another status, for what is wrong before it is known which request it is.
pub(crate) fn response_with(id: ProblemId, status: StatusCode, time: UnixTime) -> Response<Body> {
    let (_, title, title_chinese) = texts(id);
    let word = serde_json::to_value(id).expect("a unit variant is a string");
    let problem = Problem {
        kind: format!("urn:suima:problem:{}", word.as_str().unwrap_or_default()),
        id,
        title: title.to_owned(),
        title_chinese: title_chinese.to_owned(),
        status: status.as_u16(),
        time,
    };
    let body = serde_json::to_vec(&problem).expect("strings and numbers");
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

//! Problems: what a refused request is told (RFC 9457).

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{Response, StatusCode};
use suima_client::wire::{Problem, ProblemId};
use suima_code::UnixTime;

/// The status that goes with a problem.
pub(crate) fn status(id: ProblemId) -> StatusCode {
    match id {
        ProblemId::BadRequest => StatusCode::BAD_REQUEST,
        ProblemId::SignatureInvalid
        | ProblemId::SignatureStale
        | ProblemId::Replayed
        | ProblemId::UnknownDevice => StatusCode::UNAUTHORIZED,
        ProblemId::DeviceEnded
        | ProblemId::ActivationRefused
        | ProblemId::OneTimeCodeRefused
        | ProblemId::NotAllowed => StatusCode::FORBIDDEN,
        ProblemId::RelativesFull | ProblemId::HoldersFull => StatusCode::CONFLICT,
        ProblemId::TooOften => StatusCode::TOO_MANY_REQUESTS,
        ProblemId::IdempotencyKeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemId::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The answer that says this problem.
pub(crate) fn response(id: ProblemId, time: UnixTime) -> Response<Body> {
    response_with(id, status(id), time)
}

/// The same with another status, for what is wrong before it is known which request it is.
pub(crate) fn response_with(id: ProblemId, status: StatusCode, time: UnixTime) -> Response<Body> {
    let title = suima_sentences::describe_problem(id);
    let word = serde_json::to_value(id).expect("a unit variant is a string");
    let problem = Problem {
        kind: format!("urn:suima:problem:{}", word.as_str().unwrap_or_default()),
        id,
        title: title.en,
        title_chinese: title.zh,
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

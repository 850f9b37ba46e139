//! The model or the service is at capacity: everybody asks at once. A little later, or with another model, the same ask
//! passes.

use super::{Needle, Room, code, hint, strong, sure, usual};
use crate::{ActionKind, Cause, When};

pub(super) static ROOM: Room = Room {
    cause: Cause::ModelOverloaded,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::ChooseModel,
        ActionKind::SwitchSource,
        ActionKind::OpenStatus,
        ActionKind::CopyReport,
    ],
    weigh: None,
};

pub(super) const NEEDLES: &[Needle] = &[
    code("overloaded_error"),
    code("overloaded"),
    code("server_is_overloaded"),
    code("engine_overloaded_error"),
    code("provider_overloaded"),
    code("model_capacity_exhausted"),
    code("model_capacity_exceeded"),
    code("capacity_exhausted"),
    code("capacity_exceeded"),
    code("model_overloaded"),
    code("service_tier_capacity_exceeded"),
    code("queue_full"),
    code("too_busy"),
    code("server_busy"),
    sure("负载已饱和"),
    sure("model is overloaded"),
    sure("model is currently overloaded"),
    sure("not your usage limit"),
    sure("service tier capacity exceeded"),
    strong("over capacity"),
    strong("at capacity"),
    strong("at full capacity"),
    strong("exceeded capacity"),
    strong("capacity constraints"),
    strong("capacity exceeded"),
    strong("no capacity"),
    strong("insufficient capacity"),
    strong("not enough capacity"),
    strong("lack of capacity"),
    strong("experiencing high demand"),
    usual("high demand"),
    strong("high load"),
    strong("heavy load"),
    strong("high traffic"),
    strong("heavy traffic"),
    strong("too busy"),
    strong("server busy"),
    strong("server is busy"),
    strong("servers are busy"),
    strong("system is busy"),
    strong("model is busy"),
    strong("is busy, please"),
    strong("currently busy"),
    strong("temporarily limiting requests"),
    strong("maximum pending requests exceeded"),
    strong("maximum number of concurrent requests for the model"),
    strong("queue is full"),
    strong("queue full"),
    strong("resource_exhausted: model"),
    strong("model is currently at"),
    usual("unusually high"),
    strong("system cpu overloaded"),
    strong("system disk overloaded"),
    strong("负载较高"),
    strong("负载过高"),
    strong("负载过大"),
    strong("访问量过大"),
    strong("访问人数过多"),
    strong("高峰时段"),
    strong("高峰期"),
    strong("过载"),
    strong("服务器繁忙"),
    strong("服务繁忙"),
    strong("系统繁忙"),
    strong("系统忙"),
    strong("模型繁忙"),
    strong("伺服器忙碌"),
    strong("伺服器繁忙"),
    strong("系統繁忙"),
    strong("算力不足"),
    strong("资源紧张"),
    strong("请求排队"),
    usual("排队"),
    strong("混み合って"),
    strong("混雑"),
    strong("サーバーがビジー"),
    strong("過負荷"),
    strong("과부하"),
    strong("혼잡"),
    strong("überlastet"),
    strong("ausgelastet"),
    strong("surchargé"),
    strong("sobrecargado"),
    strong("saturado"),
    strong("sobrecarregado"),
    strong("sovraccarico"),
    strong("перегружен"),
    strong("przeciążon"),
    strong("aşırı yük"),
    strong("çok yoğun"),
    strong("kelebihan beban"),
    strong("túlterhelt"),
    strong("överbelastad"),
    strong("hệ thống đang bận"),
    hint("busy"),
    hint("overload"),
    hint("capacity"),
    hint("繁忙"),
    hint("忙碌"),
    hint("饱和"),
    hint("拥挤"),
    hint("ビジー"),
    hint("beschäftigt"),
    hint("occupé"),
    hint("ocupado"),
    hint("occupato"),
    hint("занят"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn everybody_asks_at_once() {
        check(
            Cause::ModelOverloaded,
            &[
                (
                    "anthropic",
                    529,
                    r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
                ),
                (
                    "anthropic",
                    500,
                    r#"{"type":"error","error":{"type":"api_error","message":"Overloaded"}}"#,
                ),
                (
                    "openai",
                    503,
                    r#"{"error":{"message":"That model is currently overloaded with other requests.","type":"server_error","param":null,"code":null}}"#,
                ),
                (
                    "ollama",
                    503,
                    r#"{"error":"server busy, please try again.  maximum pending requests exceeded"}"#,
                ),
            ],
        );
    }

    #[test]
    fn a_429_may_mean_it_too() {
        check(
            Cause::ModelOverloaded,
            &[
                (
                    "mistral",
                    429,
                    r#"{"object":"error","message":"Service tier capacity exceeded for this model.","type":"invalid_request_error","param":null,"code":null}"#,
                ),
                (
                    "azure",
                    429,
                    r#"{"error":{"code":"429","message":"System is experiencing high demand. Please retry after 2 seconds."}}"#,
                ),
                (
                    "other",
                    429,
                    r#"{"error":{"message":"当前分组负载已饱和，请稍后再试，或升级账户以提升服务质量。","type":"billing_not_active","param":"","code":"billing_not_active"}}"#,
                ),
            ],
        );
    }
}

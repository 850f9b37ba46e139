//! The service is down, in maintenance, still starting, or has nobody behind it to answer. It passes in minutes to hours;
//! the status page knows.

use super::{Needle, Room, code, hint, leaf, strong, usual};
use crate::{ActionKind, Cause, When};

pub(super) static ROOM: Room = Room {
    cause: Cause::ServiceUnavailable,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::OpenStatus,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    weigh: None,
};

pub(super) const NEEDLES: &[Needle] = &[
    strong("temporarily unable to complete your request"),
    strong("temporarily unable to provide service"),
    strong("unable to process your request, possibly due to overload"),
    code("service_unavailable"),
    code("serviceunavailableexception"),
    code("service_unavailable_error"),
    code("serviceunavailable"),
    code("provider_unavailable"),
    code("temporarily_unavailable"),
    code("unavailable_error"),
    code("modelnotreadyexception"),
    code("model_not_ready"),
    code("no_available_channel"),
    code("no_valid_channel_error"),
    code("channel:no_available_key"),
    leaf("unavailable"),
    strong("service unavailable"),
    strong("service is unavailable"),
    strong("service temporarily unavailable"),
    strong("service is temporarily unavailable"),
    strong("service is currently unavailable"),
    strong("service currently unavailable"),
    usual("temporarily unavailable"),
    usual("currently unavailable"),
    strong("temporarily down"),
    strong("is currently down"),
    strong("is down for"),
    strong("under maintenance"),
    strong("scheduled maintenance"),
    strong("down for maintenance"),
    strong("undergoing maintenance"),
    strong("undergoing an upgrade"),
    strong("we'll be back"),
    strong("be back soon"),
    strong("currently loading"),
    usual("is loading"),
    strong("loading model"),
    strong("model is loading"),
    strong("model not ready"),
    strong("is not ready"),
    strong("is starting up"),
    strong("no available channel"),
    strong("no available channels"),
    strong("no channel available"),
    strong("no available accounts"),
    strong("no available keys"),
    strong("available accounts exhausted"),
    strong("all upstream channels"),
    strong("upstream channels are currently"),
    strong("no healthy upstream"),
    strong("no server is available"),
    strong("no instances available"),
    strong("no available server"),
    strong("backend fetch failed"),
    strong("all providers failed"),
    strong("are cooling down"),
    strong("all credentials for model"),
    strong("is temporarily limiting requests"),
    strong("backend is unavailable"),
    strong("server is unavailable"),
    strong("server unavailable"),
    strong("api is unavailable"),
    strong("服务不可用"),
    strong("服务暂不可用"),
    strong("服务暂时不可用"),
    usual("暂时不可用"),
    strong("服務不可用"),
    strong("服務暫時無法"),
    strong("无可用渠道"),
    strong("没有可用的渠道"),
    strong("没有可用渠道"),
    usual("没有可用的"),
    usual("无可用的"),
    strong("系统维护"),
    strong("维护中"),
    strong("正在维护"),
    strong("升级中"),
    strong("启用端点禁用"),
    strong("服务器问题调试中"),
    strong("停服"),
    strong("サービス利用不可"),
    strong("サービスは利用できません"),
    strong("サービスが利用できません"),
    strong("一時的に利用できません"),
    strong("メンテナンス"),
    strong("서비스를 사용할 수 없"),
    strong("서비스를 이용할 수 없"),
    strong("점검 중"),
    strong("dienst nicht verfügbar"),
    strong("vorübergehend nicht verfügbar"),
    strong("service indisponible"),
    strong("temporairement indisponible"),
    strong("servicio no disponible"),
    strong("no disponible temporalmente"),
    strong("serviço indisponível"),
    strong("temporariamente indisponível"),
    strong("servizio non disponibile"),
    strong("temporaneamente non disponibile"),
    strong("сервис недоступен"),
    strong("временно недоступ"),
    strong("технические работы"),
    strong("usługa niedostępna"),
    strong("hizmet kullanılamıyor"),
    strong("layanan tidak tersedia"),
    hint("maintenance"),
    hint("outage"),
    hint("down right now"),
    hint("try again later"),
    hint("稍后再试"),
    hint("稍后重试"),
    hint("不可用"),
    hint("無法使用"),
    hint("利用できません"),
    hint("사용할 수 없"),
    hint("nicht verfügbar"),
    hint("indisponible"),
    hint("no disponible"),
    hint("indisponível"),
    hint("non disponibile"),
    hint("недоступ"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn the_service_is_not_there_right_now() {
        check(
            Cause::ServiceUnavailable,
            &[
                (
                    "groq",
                    503,
                    r#"{"error":{"message":"Service Unavailable","type":"internal_server_error"}}"#,
                ),
                (
                    "huggingface",
                    503,
                    r#"{"error":"Model meta-llama/Llama-3.1-8B-Instruct is currently loading","estimated_time":20.0}"#,
                ),
                (
                    "llamacpp",
                    503,
                    r#"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
                ),
            ],
        );
    }

    #[test]
    fn a_relay_without_a_channel() {
        check(
            Cause::ServiceUnavailable,
            &[
                (
                    "other",
                    503,
                    r#"{"error":{"message":"当前分组 default 下对于模型 gpt-4 无可用渠道","type":"new_api_error"}}"#,
                ),
                (
                    "openrouter",
                    502,
                    r#"{"error":{"message":"No available channel","error_type":"provider_unavailable"}}"#,
                ),
            ],
        );
    }
}

//! That model or deployment does not exist at this address: a typing error, a model that was retired, one that was never
//! pulled, or a name of another service. Choosing from the service's own list settles it.

use super::{CauseRule, On, Pattern, code, hint, strong, usual};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ModelNotFound,
    retry: When::AfterFix,
    actions: &[
        ActionKind::ChooseModel,
        ActionKind::OpenSettings,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: Some(not_found_names_a_model),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("requested model could not be found"),
    strong("model could not be found"),
    strong("is not allowed on this server"),
    code("model_not_found"),
    code("model_not_found_error"),
    code("modelnotfound"),
    code("model_not_available"),
    code("model_not_exist"),
    code("model_deprecated"),
    code("model_decommissioned"),
    code("model_not_supported"),
    code("invalid_model"),
    code("invalid_model_error"),
    code("invalid_model_name"),
    code("unknown_model"),
    code("deploymentnotfound"),
    code("operationnotsupported"),
    code("resourcenotfoundexception"),
    strong("model not found"),
    strong("model '*' not found"),
    strong("model `*` not found"),
    strong("model \"*\" not found"),
    strong("model * does not exist").on(On::Refused),
    strong("model does not exist"),
    strong("model doesn't exist"),
    strong("model is not found"),
    strong("model * is not found").on(On::Refused),
    strong("model * not found").on(On::Refused),
    strong("models/* is not found"),
    strong("models/* not found"),
    strong("model not exist"),
    strong("not found the model"),
    strong("does not exist or you do not have access to it"),
    strong("api deployment for this resource does not exist"),
    strong("deployment * does not exist"),
    strong("deployment not found"),
    strong("invalid model"),
    strong("invalid model name"),
    strong("invalid model id"),
    strong("incorrect model id"),
    strong("unknown model"),
    strong("no such model"),
    strong("is not a valid model"),
    strong("not a valid model id"),
    strong("requested model is not valid"),
    strong("model identifier is invalid"),
    strong("model id is invalid"),
    strong("model name is invalid"),
    strong("model name is incorrect"),
    strong("has been deprecated"),
    strong("has been decommissioned"),
    strong("has been retired"),
    usual("is no longer available"),
    usual("is no longer supported"),
    usual("no longer supported"),
    strong("was deprecated"),
    usual("has been removed"),
    strong("reached its end of life"),
    strong("end of its life"),
    strong("model is not available"),
    strong("requested model is not available"),
    strong("model * is not available"),
    strong("is not available. please use"),
    strong("requested model is not supported"),
    strong("model is not supported"),
    strong("model * is not supported"),
    strong("not supported by any configured account"),
    strong("not supported by any provider"),
    strong("model not supported"),
    strong("unable to access non-serverless model"),
    strong("no endpoints found"),
    strong("publisher model"),
    strong("try pulling it first"),
    strong("model not loaded"),
    strong("no models loaded"),
    strong("no model loaded"),
    strong("no provider supported"),
    strong("has no provider supported"),
    strong("isn't supported with on-demand throughput"),
    strong("id or arn of an inference profile"),
    strong("you must specify the model"),
    strong("not available for integrator"),
    strong("no longer available as a free model"),
    strong("模型不存在"),
    strong("模型未找到"),
    strong("找不到模型"),
    strong("未找到模型"),
    strong("不存在该模型"),
    strong("无此模型"),
    strong("模型已下线"),
    strong("已下线"),
    strong("不存在或未上线"),
    strong("模型名称错误"),
    strong("模型名称不"),
    strong("模型不可用"),
    strong("你请求的模型"),
    strong("模型代码"),
    strong("請檢查模型"),
    strong("找不到該模型"),
    strong("モデルが見つかりません"),
    strong("モデルが存在しません"),
    strong("모델을 찾을 수 없"),
    strong("modell nicht gefunden"),
    strong("modell * existiert nicht"),
    strong("modèle introuvable"),
    strong("modèle non trouvé"),
    strong("modelo no encontrado"),
    strong("modelo não encontrado"),
    strong("modello non trovato"),
    strong("модель не найдена"),
    strong("model bulunamadı"),
    strong("model tidak ditemukan"),
    strong("requested * model not available"),
    strong("model not available"),
    strong("已下线或弃用"),
    strong("endpoint for * is not running"),
    strong("dedicated_endpoint_not_running"),
    strong("modell*nicht gefunden"),
    strong("modell existiert nicht"),
    strong("modèle*trouvé"),
    strong("modèle n'existe pas"),
    strong("modelo no existe"),
    strong("modelo não existe"),
    strong("модель не существует"),
    strong("モデルが見つ"),
    strong("モデルが存在"),
    strong("모델을 찾을 수"),
    strong("존재하지 않는 모델"),
    strong("没有找到模型"),
    strong("無此模型"),
    strong("nie znaleziono modelu"),
    strong("model niet gevonden"),
    strong("illegal model"),
    strong("too large to be loaded"),
    hint("deprecated"),
    hint("decommissioned"),
    hint("模型"),
];

/// A `not_found` with the name of a model beside it is about the model, not the path.
fn not_found_names_a_model(parsed: &ParsedFailure, scores: &mut Scores) {
    let coded = parsed.scan.value("code") == Some("not_found")
        || parsed.scan.any("type", |kind| kind == "not_found_error");
    if !parsed.is(&[404]) && !coded {
        return;
    }
    let named = ["model: ", "model '", "model \"", "model `", "models/", "model "]
        .iter()
        .find(|words| parsed.says(words));
    if let (Some(words), false) = (named, parsed.html) {
        let evidence = Evidence::Phrase { text: words.trim_end().to_owned() };
        scores.add(Cause::ModelNotFound, weight::FAIR, evidence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn no_such_model_here() {
        check(
            Cause::ModelNotFound,
            &[
                (
                    "openai",
                    404,
                    r#"{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#,
                ),
                ("ollama", 404, r#"{"error":"model 'llama3' not found"}"#),
                (
                    "azure",
                    404,
                    r#"{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."}}"#,
                ),
                (
                    "mistral",
                    400,
                    r#"{"object":"error","message":"Invalid model: mistral-gigantic-latest","type":"invalid_model","param":null,"code":"1500"}"#,
                ),
            ],
        );
    }

    #[test]
    fn gemini_and_aggregators() {
        check(
            Cause::ModelNotFound,
            &[
                (
                    "gemini",
                    404,
                    r#"{"error":{"code":404,"message":"models/gemini-9-ultra is not found for API version v1beta, or is not supported for generateContent.","status":"NOT_FOUND"}}"#,
                ),
                ("openrouter", 404, "No endpoints found for some/model."),
                (
                    "fireworks",
                    404,
                    r#"{"message":"Model not found, inaccessible, and/or not deployed","param":"model","code":"NOT_FOUND","type":"error"}"#,
                ),
            ],
        );
    }

    /// A sentence that says "retry" does not mean that the same request will pass.
    #[test]
    fn retry_advice_promises_nothing() {
        check(
            Cause::ModelNotFound,
            &[(
                "bedrock",
                400,
                r#"{"message":"Invocation of model ID x with on-demand throughput isn't supported. Retry your request with the ID or ARN of an inference profile that contains this model."}"#,
            )],
        );
    }
}

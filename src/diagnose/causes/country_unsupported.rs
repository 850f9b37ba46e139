//! The service does not serve the country that the call comes from, as far as its address tells. A VPN or relay may be what
//! puts it there, and then it is what has to change.

use super::{CauseRule, Pattern, code, hint, strong, sure};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::CountryUnsupported,
    retry: When::AfterFix,
    actions: &[
        ActionKind::SwitchSource,
        ActionKind::OpenSupport,
        ActionKind::CheckAgain,
        ActionKind::CopyReport,
    ],
    score: Some(refused_before_the_api),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("current location does not support"),
    strong("您的地區"),
    strong("您的地区"),
    strong("귀하의 지역"),
    strong("在您的"),
    sure("country, region, or territory not supported"),
    code("unsupported_country_region_territory"),
    code("unsupported_country"),
    code("region_restricted"),
    strong("user location is not supported"),
    strong("location is not supported"),
    strong("locationnotsupporterror"),
    strong("not available in your country"),
    strong("not available in your region"),
    strong("not available in your location"),
    strong("isn't available in your country"),
    strong("unavailable in your region"),
    strong("unavailable in your country"),
    strong("not supported in your country"),
    strong("not supported in your region"),
    strong("not yet available in your"),
    strong("is not accessible in your"),
    strong("unsupported region"),
    strong("unsupported country"),
    strong("unsupported location"),
    strong("your country is not supported"),
    strong("your region is not supported"),
    strong("country is not supported"),
    strong("region is not supported"),
    strong("country not supported"),
    strong("region not supported"),
    strong("not available in your area"),
    strong("services are not available in your country"),
    strong("app unavailable"),
    strong("geo-blocked"),
    strong("geoblocked"),
    strong("geographic restriction"),
    strong("from unsupported countries"),
    code("claude_web_unavailable"),
    code("grok_unavailable"),
    strong("不支持的地区"),
    strong("不支持的国家"),
    strong("地区不支持"),
    strong("所在地区"),
    strong("所在国家"),
    strong("地區不支援"),
    strong("所在的地區"),
    strong("您所在的"),
    strong("お住まいの地域"),
    strong("お住まいの国"),
    strong("ご利用の地域"),
    strong("해당 지역에서"),
    strong("해당 국가"),
    strong("거주 지역"),
    strong("사용할 수 없는 지역"),
    strong("in ihrer region"),
    strong("in ihrem land"),
    strong("in deiner region"),
    strong("in deinem land"),
    strong("dans votre région"),
    strong("dans votre pays"),
    strong("en su región"),
    strong("en tu región"),
    strong("en su país"),
    strong("en tu país"),
    strong("na sua região"),
    strong("em sua região"),
    strong("no seu país"),
    strong("em seu país"),
    strong("nella tua regione"),
    strong("nel tuo paese"),
    strong("в вашем регионе"),
    strong("в вашей стране"),
    strong("w twoim regionie"),
    strong("w twoim kraju"),
    strong("bölgenizde"),
    strong("ülkenizde"),
    strong("di wilayah anda"),
    strong("di negara anda"),
    strong("az ön régiójában"),
    strong("所在*地区*不"),
    strong("network settings are preventing"),
    strong("not available in your"),
    strong("in your current location"),
    strong("from your location"),
    strong("ihrem land"),
    strong("ihrer region"),
    strong("votre pays"),
    strong("votre région"),
    strong("su país"),
    strong("tu país"),
    strong("tu región"),
    strong("seu país"),
    strong("sua região"),
    strong("tuo paese"),
    strong("вашем регионе"),
    strong("вашей стране"),
    strong("この地域では"),
    strong("지역에서는"),
    strong("해당 지역"),
    strong("您所在的地区"),
    strong("您所在地区"),
    strong("你所在的地区"),
    strong("当前地区"),
    strong("該地區"),
    strong("di wilayah"),
    strong("in uw land"),
    strong("この国では"),
    strong("이 국가에서는"),
    strong("in diesem land"),
    strong("dans ce pays"),
    strong("en este país"),
    strong("neste país"),
    strong("in questo paese"),
    strong("в этой стране"),
    strong("este país"),
    strong("该国家"),
    strong("此国家"),
    strong("这个国家"),
    hint("country"),
    hint("region"),
    hint("territory"),
    hint("geo"),
    hint("地区"),
    hint("地區"),
    hint("国家"),
    hint("國家"),
    hint("地域"),
    hint("지역"),
    hint("국가"),
    hint("pays"),
    hint("país"),
    hint("paese"),
    hint("страны"),
    hint("регион"),
    hint("kraj"),
    hint("ülke"),
    hint("bölge"),
    hint("wilayah"),
];

/// Anthropic's edge refuses a country without the envelope of its API, and without a word on the country.
fn refused_before_the_api(parsed: &ParsedFailure, scores: &mut Scores) {
    if parsed.is(&[403]) && parsed.says("request not allowed") && !parsed.says("permission_error") {
        let evidence = Evidence::Phrase { text: "Request not allowed".into() };
        scores.add(Cause::CountryUnsupported, weight::FAIR + 0.6, evidence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn services_name_the_country() {
        check(
            Cause::CountryUnsupported,
            &[
                (
                    "openai",
                    403,
                    r#"{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported","param":null,"type":"request_forbidden"}}"#,
                ),
                (
                    "gemini",
                    400,
                    r#"{"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}"#,
                ),
                (
                    "anthropic",
                    403,
                    r#"{"error":{"type":"forbidden","message":"Request not allowed"}}"#,
                ),
            ],
        );
    }

    #[test]
    fn clients_say_it_in_any_language() {
        check(
            Cause::CountryUnsupported,
            &[
                ("claude-web", 0, "Claude.ai is not available in your region"),
                ("claude-web", 0, "Claude.ai ist in Ihrer Region nicht verfügbar"),
            ],
        );
    }
}

//! The certificate was not accepted: unknown issuer, expired, made for another host, or put there by a company's or
//! antivirus program's inspection. A wrong clock does it too. Nobody should be asked to ignore it.

use super::{CauseRule, Pattern, code, hint, strong, sure, usual};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::TlsCertificate,
    retry: When::AfterFix,
    actions: &[
        ActionKind::CheckAgain,
        ActionKind::OpenSettings,
        ActionKind::Retry,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("depth_zero_self_signed_cert"),
    code("self_signed_cert_in_chain"),
    code("unable_to_verify_leaf_signature"),
    code("unable_to_get_issuer_cert_locally"),
    code("unable_to_get_issuer_cert"),
    code("cert_has_expired"),
    code("cert_not_yet_valid"),
    code("err_tls_cert_altname_invalid"),
    code("sec_error_unknown_issuer"),
    strong("self signed certificate"),
    strong("self-signed certificate"),
    strong("certificate has expired"),
    strong("certificate is not yet valid"),
    strong("certificate verify failed"),
    strong("certificate_verify_failed"),
    strong("certificate is not trusted"),
    strong("certificate not trusted"),
    strong("certificate for this server is invalid"),
    strong("invalid certificate"),
    strong("invalid peer certificate"),
    strong("unknownissuer"),
    strong("unable to verify the first certificate"),
    strong("unable to get local issuer certificate"),
    strong("unable to get issuer certificate"),
    strong("certificate subject name"),
    strong("does not match certificate's altnames"),
    strong("certificate signed by unknown authority"),
    strong("certificate is valid for"),
    strong("ssl certificate problem"),
    strong("ssl: no alternative certificate subject name"),
    strong("certificate chain was issued by an authority that is not trusted"),
    strong("remote certificate is invalid"),
    strong("trust anchor for certification path not found"),
    strong("pkix path building failed"),
    strong("your connection is not private"),
    strong("x509:"),
    usual("certificat ssl"),
    usual("certificado ssl"),
    usual("certificado digital"),
    usual("证书"),
    strong("憑證"),
    strong("証明書"),
    strong("인증서"),
    usual("zertifikat"),
    strong("сертификат"),
    strong("tanúsítvány"),
    sure("failed to verify certificate"),
    sure("unable to get local issuer"),
    strong("certificato ssl"),
    strong("证书错误"),
    strong("证书无效"),
    strong("sertifika"),
    hint("certificate"),
    hint("cert_"),
    hint("自签名"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn every_library_names_the_certificate() {
        check(
            Cause::TlsCertificate,
            &[
                (
                    "openai",
                    0,
                    "certificate verify failed: unable to get local issuer certificate (_ssl.c:997)",
                ),
                ("other", 0, "self signed certificate in certificate chain"),
                ("other", 0, "x509: certificate signed by unknown authority"),
            ],
        );
    }

    #[test]
    fn names_and_dates_count() {
        check(
            Cause::TlsCertificate,
            &[
                ("other", 0, "Hostname/IP does not match certificate's altnames"),
                ("other", 0, "CERT_HAS_EXPIRED"),
            ],
        );
    }
}

//! The certificate was not accepted: unknown issuer, expired, made for another host, or put there by a company's or
//! antivirus program's inspection. A wrong clock does it too. Nobody should be asked to ignore it.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, sure};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        CERTIFICATE, CHANGED, CLOCK, CONNECTION, DISABLED, EXPIRED, FAILED, INVALID, MISSING, NOT,
        NOT_FOUND, PAGE, PRIVATE, REFUSED, TRUSTED, UNKNOWN, UNSUPPORTED, UNTRUSTED, VALID,
        VIOLATES,
    },
};

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
    strong("pkix path building failed"),
    strong("x509:"),
    sure("failed to verify certificate"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[
        CERTIFICATE,
        DISABLED
            | EXPIRED
            | FAILED
            | INVALID
            | MISSING
            | NOT
            | NOT_FOUND
            | REFUSED
            | TRUSTED
            | UNKNOWN
            | UNSUPPORTED
            | UNTRUSTED
            | VALID
            | VIOLATES,
    ]),
    all(&[CERTIFICATE]).usual(),
    all(&[CONNECTION | PAGE, NOT, PRIVATE]).sure(),
    all(&[CLOCK, CHANGED | FAILED | INVALID | NOT]).fair(),
    all(&[CLOCK]).hint(),
];

examples! {
    every_library_names_the_certificate: TlsCertificate [
        (
                    "openai",
                    0,
                    "certificate verify failed: unable to get local issuer certificate (_ssl.c:997)",
                ),
                ("other", 0, "self signed certificate in certificate chain"),
                ("other", 0, "x509: certificate signed by unknown authority"),
    ]
    names_and_dates_count: TlsCertificate [
        ("other", 0, "Hostname/IP does not match certificate's altnames"),
                ("other", 0, "CERT_HAS_EXPIRED"),
    ]
}

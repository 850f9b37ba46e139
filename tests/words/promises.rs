//! Promises: that a text is safe, and that nothing was sent. Whoever reads one relies on it, so every language has to make
//! exactly that promise. Each was read a second time, by one who had not translated it, and is listed here by its key.

use std::collections::{BTreeMap, BTreeSet};

use super::locales::{languages, words};

/// Messages that promise that a text, or what had come of an answer, is kept.
const KEPT: &[&str] = &[
    "banner_safe",
    "banner_text_kept",
    "extension_description",
    "notify_failed_more",
    "options_silence_hint",
    "orphan_reload",
    "page_kept",
    "page_reload",
    "page_returned",
    "panel_ask_kept",
    "panel_no_consent",
    "panel_no_source",
    "site_about_3",
    "site_not_allowed_kept",
    "worker_stopped_why",
];

/// How English says it; whatever says so is listed above.
const ENGLISH: &[&str] = &[
    "text is safe",
    "text stays",
    "text is kept",
    "text is untouched",
    "text is here",
    "text comes along",
    "keep my text",
    "came is kept",
    "arrived is kept",
    "restored from",
];

/// How each language says that something is safe, kept, still there or brought back.
const SAFE: &[(&str, &[&str])] = &[
    ("ar", &["بأمان", "محفوظ", "حفظ", "نصّك هنا", "يبقى نصّك", "لم يُمَسّ", "استُعيد", "يُحفظ"]),
    (
        "de",
        &[
            "ist sicher",
            "bleibt",
            "behalten",
            "unberührt",
            "ist hier",
            "kommt mit",
            "wiederhergestellt",
        ],
    ),
    ("es", &["a salvo", "conserva", "intacto", "está aquí", "recuperado", "se queda"]),
    ("fr", &["en sécurité", "conservé", "garder", "intact", "est ici", "restauré", "reste où"]),
    ("he", &["שמור", "נשמר", "שמירת", "שלכם כאן", "יישאר", "לא השתנה", "שוחזר", "נשאר במקומו"]),
    (
        "hi",
        &[
            "सुरक्षित",
            "बचाकर",
            "यहां है",
            "साथ रहेगा",
            "वैसा ही",
            "वापस लाया",
            "रखा जाता",
            "अपनी जगह रहता",
        ],
    ),
    (
        "id",
        &[
            "aman",
            "disimpan",
            "simpan teks",
            "ada di sini",
            "terbawa",
            "utuh",
            "dipulihkan",
            "tetap di",
        ],
    ),
    ("it", &["al sicuro", "conservat", "tieni", "intatto", "è qui", "ripristinato", "resta dov"]),
    ("ja", &["無事", "残り", "残って", "残し", "ここにあり", "変更されていません", "復元"]),
    ("ko", &["안전", "그대로", "유지", "보관", "여기 있", "복원", "남습니다"]),
    (
        "pt_BR",
        &[
            "a salvo",
            "seguro",
            "guardad",
            "manter",
            "intacto",
            "está aqui",
            "vai junto",
            "restaurado",
            "fica onde",
        ],
    ),
    (
        "ru",
        &[
            "в безопасности",
            "сохран",
            "не пропадёт",
            "текст здесь",
            "останется",
            "остаётся",
            "не тронут",
            "восстановлено",
        ],
    ),
    (
        "tr",
        &[
            "güvende",
            "saklan",
            "koruyup",
            "burada",
            "metniniz de gelir",
            "dokunulmadı",
            "geri yüklendi",
            "yerde kalır",
        ],
    ),
    ("vi", &["an toàn", "giữ", "ở đây", "vẫn còn", "nguyên", "khôi phục"]),
    ("zh_CN", &["不会丢失", "保留", "在这里", "没有改动", "恢复", "留在原处"]),
    ("zh_TW", &["不會遺失", "保留", "在這裡", "沒有更動", "還原", "留在原處"]),
];

/// Messages that promise that nothing was sent, or not twice, or not without the person.
const UNSENT: &[&str] = &[
    "dns_failure_means",
    "offline_means",
    "panel_no_consent",
    "redirected_why",
    "redirected_why_to",
    "report_intro",
    "site_about_3",
    "site_demo_intro",
    "step_not_agreed",
    "tls_certificate_why",
    "tls_handshake_means",
    "worker_stopped_why",
];

/// How each language says “nothing”.
const NOTHING: &[(&str, &[&str])] = &[
    ("ar", &["شيء", "شيئًا"]),
    ("de", &["nichts", "etwas gesendet"]),
    ("es", &["nada"]),
    ("fr", &["rien"]),
    ("he", &["דבר"]),
    ("hi", &["कुछ"]),
    ("id", &["tidak ada yang dikirim", "tidak mengirim apa pun"]),
    ("it", &["niente", "nulla"]),
    ("ja", &["何も", "ものはなく", "送信されることはありません", "送っていません"]),
    ("ko", &["아무것도", "것은 없"]),
    ("pt_BR", &["nada"]),
    ("ru", &["ничего", "ничто"]),
    ("tr", &["hiçbir şey"]),
    ("vi", &["không có gì", "chưa có gì", "không gửi gì"]),
    ("zh_CN", &["没有", "不会发送任何", "什么都不会"]),
    ("zh_TW", &["沒有", "不會傳送任何", "什麼都不會"]),
];

/// Each of these messages has to have one of these words in each language.
fn keep(promises: &[&str], said: &[(&str, &[&str])]) {
    assert!(languages().skip(1).eq(said.iter().map(|(language, _)| *language)));
    for (language, parts) in said {
        let words = words(language);
        let mut used: BTreeSet<&&str> = BTreeSet::new();
        for key in promises {
            let text = words[*key].message.to_lowercase();
            let own: Vec<&&str> = parts.iter().filter(|part| text.contains(**part)).collect();
            assert!(!own.is_empty(), "{language} {key} promises something else: {text}");
            used.extend(own);
        }
        let idle: Vec<_> = parts.iter().filter(|part| !used.contains(part)).collect();
        assert!(idle.is_empty(), "{language} never says {idle:?}");
    }
}

/// The keys of English messages that say one of these.
fn saying(parts: &[&str]) -> Vec<String> {
    let english: BTreeMap<_, _> = words("en");
    let says = |text: &str| parts.iter().any(|part| text.to_lowercase().contains(part));
    english.into_iter().filter(|(_, m)| says(&m.message)).map(|(key, _)| key).collect()
}

#[test]
fn every_promise_was_read_back() {
    assert_eq!(saying(ENGLISH), KEPT);
    assert_eq!(saying(&["nothing was sent", "sent nothing", "nothing is sent"]), UNSENT);
}

#[test]
fn each_language_keeps_the_text() {
    keep(KEPT, SAFE);
}

#[test]
fn each_language_sends_nothing() {
    keep(UNSENT, NOTHING);
}

//! Nobody is signed in to that web app in this browser, so it has no session to answer with. Signing in there, in the same
//! browser profile, settles it.

use super::{Needle, Room, code, hint, strong};
use crate::{ActionKind, Cause, When};

pub(super) static ROOM: Room = Room {
    cause: Cause::NotLoggedIn,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenLogin,
        ActionKind::Retry,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    weigh: None,
};

pub(super) const NEEDLES: &[Needle] = &[
    strong("請先在 * 登入"),
    strong("请先在 * 登录"),
    strong("bitte zuerst bei"),
    strong("сначала войдите"),
    strong("에서 로그인"),
    strong("oturum açın"),
    strong("jetonu gereklidir"),
    strong("token erforderlich"),
    strong("token required"),
    strong("token 必需"),
    strong("需要 moonshot token"),
    strong("토큰이 필요합니다"),
    strong("требуется токен"),
    strong("d'abord vous connecter"),
    strong("veuillez d'abord"),
    strong("primero inicia"),
    strong("por favor, inicia"),
    strong("por favor, faça"),
    strong("prima di tutto accedi"),
    strong("accedi prima"),
    strong("harap masuk"),
    strong("まず"),
    strong("にログイン"),
    strong("サインイン"),
    strong("not currently logged in"),
    strong("please log in or register"),
    strong("no logged-in"),
    strong("not logged in"),
    strong("not_logged_in"),
    strong("please login"),
    strong("please log in"),
    strong("please sign in"),
    strong("you need to login"),
    strong("you need to log in"),
    strong("you must be logged in"),
    strong("you need to sign in"),
    strong("login first"),
    strong("log in first"),
    strong("sign in first"),
    strong("login required"),
    strong("login_required"),
    strong("requires login"),
    strong("access token is missing"),
    strong("accesstoken is missing"),
    strong("no access token"),
    strong("token required, please login"),
    strong("unauthenticated user"),
    code("chatgpt_unauthorized"),
    code("poe_unauthorized"),
    code("claude_unauthorized"),
    code("bard_unauthorized"),
    code("bing_unauthorized"),
    code("qianwen_unauthorized"),
    code("xunfei_unauthorized"),
    code("baichuan_unauthorized"),
    code("twitter_unauthorized"),
    code("chatgpt_auth"),
    strong("请先登录"),
    strong("请登录"),
    strong("請先登入"),
    strong("請登入"),
    strong("請先登錄"),
    strong("未登录"),
    strong("尚未登录"),
    strong("请登陆"),
    strong("需要登录"),
    strong("ログインしてください"),
    strong("サインインしてください"),
    strong("로그인하세요"),
    strong("로그인해 주세요"),
    strong("로그인하십시오"),
    strong("bitte melden sie sich"),
    strong("bitte loggen"),
    strong("zuerst anmelden"),
    strong("zuerst an"),
    strong("veuillez vous connecter"),
    strong("connectez-vous"),
    strong("inicia sesión"),
    strong("inicie sesión"),
    strong("iniciar sesión"),
    strong("faça login"),
    strong("faça o login"),
    strong("entre em"),
    strong("effettua l'accesso"),
    strong("effettua il login"),
    strong("accedi a"),
    strong("войдите в"),
    strong("пожалуйста, войдите"),
    strong("авторизуйтесь"),
    strong("zaloguj się"),
    strong("giriş yapın"),
    strong("lütfen önce"),
    strong("silakan masuk"),
    strong("silakan login"),
    strong("jelentkezzen be"),
    strong("logga in"),
    strong("vui lòng đăng nhập"),
    hint("login"),
    hint("log in"),
    hint("sign in"),
    hint("logged in"),
    hint("signed in"),
    hint("登录"),
    hint("登入"),
    hint("ログイン"),
    hint("로그인"),
    hint("anmelden"),
    hint("se connecter"),
    hint("connexion requise"),
    hint("войти"),
    hint("войдите"),
    hint("giriş"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn the_app_asks_for_a_login() {
        check(
            Cause::NotLoggedIn,
            &[
                (
                    "chatgpt-web",
                    0,
                    r#"UNAUTHORIZED
Please login at https://chat.openai.com/ first"#,
                ),
                ("other", 0, "You need to login to Poe first"),
                ("gemini", 0, "There is no logged-in Google account in this browser"),
            ],
        );
    }

    #[test]
    fn in_any_language() {
        check(
            Cause::NotLoggedIn,
            &[
                ("chatgpt-web", 0, "请先登录 https://chatgpt.com"),
                ("chatgpt-web", 0, "Bitte melden Sie sich zuerst bei https://chatgpt.com an"),
            ],
        );
    }
}

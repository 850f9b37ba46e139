//! The answer began and was cut before its end mark. What arrived is kept; the rest can be asked for. A program does not
//! repeat it by itself once somebody has read the beginning.

use super::{CauseRule, Pattern, code, fair, hint, strong, usual};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::StreamInterrupted,
    retry: When::Backoff,
    actions: &[
        ActionKind::Continue,
        ActionKind::Retry,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("antwortstream"),
    strong("поток ответа"),
    strong("응답 스트림이"),
    strong("yanıt akışı"),
    strong("回應串流"),
    strong("串流"),
    strong("ended before completion"),
    strong("stream * interrupted"),
    strong("响应流"),
    strong("flux de réponse"),
    strong("flujo de respuesta"),
    strong("fluxo de resposta"),
    strong("flusso di risposta"),
    strong("aliran respons"),
    strong("レスポンスストリーム"),
    strong("error in input stream"),
    strong("error in body stream"),
    strong("incomplete chunked encoding"),
    strong("err_incomplete_chunked_encoding"),
    strong("err_content_length_mismatch"),
    strong("incomplete chunked read"),
    strong("incompleteread"),
    strong("peer closed connection without sending complete message body"),
    strong("response ended prematurely"),
    strong("premature close"),
    strong("premature end of"),
    code("err_stream_premature_close"),
    strong("transfer closed with"),
    usual("unexpected eof"),
    strong("unexpected end of file"),
    strong("unexpected end of stream"),
    strong("stream closed before"),
    strong("stream disconnected before completion"),
    strong("stream ended before"),
    strong("stream ended without"),
    strong("stream ended unexpectedly"),
    strong("stream was interrupted"),
    strong("stream interrupted"),
    strong("stream closed unexpectedly"),
    strong("streaming response failed"),
    strong("error while streaming"),
    strong("error occurred while streaming"),
    strong("error in message stream"),
    strong("incomplete json segment"),
    strong("response was interrupted"),
    strong("response stream was interrupted"),
    strong("response stream ended before"),
    strong("response stopped unexpectedly"),
    strong("response is incomplete"),
    strong("generation was interrupted"),
    strong("connection to the server was unexpectedly"),
    strong("connection to the server was interrupted"),
    usual("connection interrupted"),
    strong("connection was interrupted while"),
    strong("content-length header of network response exceeds response body"),
    strong("error decoding response body"),
    strong("request or response body error"),
    strong("connection closed before message completed"),
    fair("finish_reason not found"),
    strong("流式分块"),
    strong("流式响应"),
    strong("响应中断"),
    strong("回答中断"),
    usual("连接中断"),
    strong("连接意外"),
    strong("与服务器的连接"),
    strong("伺服器的連線"),
    strong("サーバーへの接続"),
    strong("応答ストリーム"),
    strong("서버와의 연결"),
    strong("서버 연결이"),
    strong("verbindung zum server wurde"),
    strong("verbindung zum server unterbrochen"),
    strong("connexion au serveur a été"),
    strong("connexion avec le serveur"),
    strong("conexión con el servidor"),
    strong("conexión al servidor"),
    strong("conexão com o servidor"),
    strong("connessione al server"),
    strong("connessione con il server"),
    strong("соединение с сервером"),
    strong("з'єднання із сервером"),
    strong("з'єднання з сервером"),
    strong("połączenie z serwerem"),
    strong("anslutningen till servern"),
    strong("forbindelsen til server"),
    strong("tilkoblingen til server"),
    strong("a szerverrel való kapcsolat"),
    strong("spojení se serverem"),
    strong("připojení k serveru"),
    strong("veza s poslužiteljem"),
    strong("conexiunea cu serverul"),
    strong("conexiunea la server"),
    strong("verbinding met de server"),
    strong("yhteys palvelimeen"),
    strong("sunucuyla bağlantı"),
    strong("sunucu bağlantısı"),
    strong("koneksi ke server"),
    strong("kết nối đến máy chủ"),
    strong("kết nối với máy chủ"),
    strong("σύνδεση με τον διακομιστή"),
    strong("الاتصال بالخادم"),
    hint("interrupted"),
    hint("truncated"),
    hint("incomplete"),
    hint("cut off"),
    hint("中断"),
    hint("途切れ"),
    hint("중단되"),
    hint("unterbrochen"),
    hint("interrompu"),
    hint("interrumpid"),
    hint("interrompid"),
    hint("interrott"),
    hint("прерван"),
    hint("przerwan"),
    hint("kesildi"),
    hint("terputus"),
    hint("avbröts"),
    hint("megszakadt"),
    hint("onderbroken"),
    hint("přerušen"),
    hint("întrerupt"),
    hint("διακόπηκε"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::{Cause, Failure, Stage, classify, failure::Received};

    #[test]
    fn lost_connection_cuts_a_begun_answer() {
        let lost = Failure::from_message("terminated: other side closed: UND_ERR_SOCKET");
        assert_eq!(classify(&lost).cause, Cause::ConnectionLost);
        let stream = Some(Received { chars: 17, ended: false });
        let cut = Failure { stage: Some(Stage::Stream), stream, ..lost };
        assert_eq!(classify(&cut).cause, Cause::StreamInterrupted);
    }

    #[test]
    fn an_end_that_came_too_soon() {
        check(
            Cause::StreamInterrupted,
            &[
                ("browser", 0, "TypeError: Error in input stream"),
                (
                    "other",
                    0,
                    "httpx.RemoteProtocolError: peer closed connection without sending complete message body (incomplete chunked read)",
                ),
                (
                    "other",
                    0,
                    "stream disconnected before completion: stream closed before response.completed",
                ),
            ],
        );
    }

    #[test]
    fn clients_report_it_in_translation() {
        check(
            Cause::StreamInterrupted,
            &[
                ("other", 0, "Die Verbindung zum Server wurde unerwartet unterbrochen"),
                ("other", 0, "サーバーへの接続が予期せず中断されました"),
            ],
        );
    }
}

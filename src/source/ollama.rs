//! Ollama's own dialect: lines of JSON.
//!
//! Wire format: <https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion>.

use super::{
    json::{find, text},
    said::{Said, Then, Tokens, has_error},
};

/// What a line says.
pub(super) fn read(line: &str) -> Said {
    let then = if has_error(line) {
        Then::Failed
    } else if find(line, &["done"]) == Some("true") {
        Then::Ended
    } else {
        Then::More
    };
    Said { text: find(line, &["message", "content"]).and_then(text), then }
}

/// The tokens that the last line tells of.
pub(super) fn tokens(line: &str) -> Tokens {
    Tokens::of(line, "prompt_eval_count", "eval_count")
}

#[cfg(test)]
mod tests {
    use crate::{Dialect, Piece, models, reader::read_all};

    /// From the documentation of the API, with a line of thinking as newer models send it.
    const STREAM: &str = concat!(
        "{\"model\":\"llama3.2\",\"created_at\":\"2023-08-04T08:52:19.385406455-07:00\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"hm\"},\"done\":false}\n",
        "{\"model\":\"llama3.2\",\"created_at\":\"2023-08-04T08:52:19.385406455-07:00\",\"message\":{\"role\":\"assistant\",\"content\":\"The\",\"images\":null},\"done\":false}\n",
    );
    const END: &str = "{\"model\":\"llama3.2\",\"created_at\":\"2023-08-04T19:22:45.499127Z\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"total_duration\":4883583458,\"eval_count\":282}";

    fn read(end: &str) -> Vec<Piece> {
        read_all(Dialect::Ollama, "application/x-ndjson", &format!("{STREAM}{end}"))
    }

    #[test]
    fn lines_are_read_until_done() {
        let text = Piece::Text("The".into());
        assert_eq!(read(&format!("{END}\n")), [text.clone(), Piece::End]);
        assert_eq!(read(END), [text.clone(), Piece::End], "the last line may lack its end");
        assert_eq!(read("{\"model\":\"lla"), [text], "a cut is no end");
    }

    #[test]
    fn an_error_line_ends_it() {
        let pieces = read("{\"error\":\"an error was encountered while running the model\"}\n");
        assert!(matches!(&pieces[..], [_, Piece::Error(_)]), "{pieces:?}");
        assert_eq!(read_all(Dialect::Ollama, "text/html", "<!DOCTYPE html>\n<p>Hi\n"), []);
    }

    #[test]
    fn the_installed_models_are_listed() {
        let list = r#"{"models":[{"name":"deepseek-r1:latest","model":"deepseek-r1:latest","size":4683075271},{"name":"llama3.2:latest"}]}"#;
        let names = vec!["deepseek-r1:latest".into(), "llama3.2:latest".into()];
        assert_eq!(models(Dialect::Ollama, list), Some(names));
        assert_eq!(models(Dialect::Ollama, "Ollama is running"), None);
    }
}

"""What the entry of a program is counted under where that is not the cause which the lab names, and why. None: it tells no failure.

Two causes with a bar between them: either.
"""

NO_ADDRESS = "a session and a key are told apart by the address, and the entry has none"
NO_WORDS = "the client keeps the status of this answer and nothing of its words"
NO_ERROR = "the client takes it for an answer"
HALF = "the entry says that the connection ended, and not that an answer had begun"
OTHER_DIALECT = "the client reads only errors in the form of its own API"

BOTH = {
    NO_ADDRESS: {
        "session_expired": "invalid_api_key",
        "session_forbidden": "access_denied",
        "unauthorized_text": "invalid_api_key",
        "one_at_a_time": "rate_limited",
        "origin_not_allowed": "access_denied",
        "guarded": "access_denied",
    },
    NO_WORDS: {"web_too_long": "invalid_request"},
    "the client follows, at times on a connection that the lab has closed": {"two_locations": "endpoint_not_found|connection_lost"},
    NO_ERROR: dict.fromkeys(
        "content_filter captive_portal captive_redirect html_reply empty_body broken_json no_length_cut huge_body stream_without_done"
        " stream_embedding stream_empty stream_wordless stream_filtered".split()
    ),
    OTHER_DIALECT: dict.fromkeys(
        "chat_object_error responses_failed responses_filtered anthropic_refusal gemini_blocked gemini_safety azure_filtered".split()
    ),
    HALF: dict.fromkeys(["headers_then_reset", "stream_reset", "stream_late_reset"], "connection_lost"),
    "a part that cannot be read is a broken answer to the client": {"stream_unreadable_part": "unexpected_reply"},
}
PYTHON = {
    NO_WORDS: {"cloudflare_challenge": "access_denied", "block_page": "access_denied"},
    "its words speak of another request": {"conflict": "request_in_progress"},
    "httpx calls it RemoteProtocolError, as it does a broken protocol": {
        "empty_reply": "protocol_error",
        "length_mismatch": "protocol_error",
    },
    "httpx asks for the name instead of saying that the address has none": {"redirect_invalid": "dns_failure"},
    "Python's own error of a text that is no UTF-8": {"invalid_utf8": "unknown"},
    OTHER_DIALECT: {"ollama_error": "stream_interrupted", "ollama_stopped": "stream_interrupted"},
}
NODE = {
    NO_ERROR: {"invalid_utf8": None},
    "the client ends its loop in silence when the program gives up": dict.fromkeys(["stream_stalled", "stream_headers_only"]),
    HALF: {"length_mismatch": "connection_lost", "stream_truncated": "connection_lost"},
    "fetch fails without a word": {"unexpected_proxy_login": "network_unknown"},
}


def of(*tables):
    """Each fault that is told otherwise, with what is told."""
    return {fault: told for table in tables for faults in table.values() for fault, told in faults.items()}

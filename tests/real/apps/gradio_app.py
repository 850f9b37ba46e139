"""A chat of Gradio's whose model answers, or refuses when it is asked for its limit."""

import sys

import gradio

LIMIT = "Error code: 429 - {'error': {'message': 'Rate limit reached for gpt-4o on requests per min (RPM): Limit 3, Used 3.', 'code': 'rate_limit_exceeded'}}"


def answer(message, _history):
    if "limit" in message:
        raise gradio.Error(LIMIT)
    yield "Fine, "
    yield "Fine, at eight."


gradio.ChatInterface(answer).launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)

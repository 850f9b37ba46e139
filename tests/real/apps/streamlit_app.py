"""A chat of Streamlit's that hands on what the model says, and shows what it raises as Streamlit does."""

import streamlit
from openai import OpenAI

if text := streamlit.chat_input("Message"):
    with streamlit.chat_message("user"):
        streamlit.write(text)
    with streamlit.chat_message("assistant"):
        asked = [{"role": "user", "content": text}]
        streamlit.write_stream(OpenAI(max_retries=0).chat.completions.create(model="gpt-4o-mini", messages=asked, stream=True))

"""A chat of Chainlit's that hands on what the model says, and shows its failure in Chainlit's own message of an error."""

import chainlit
from openai import AsyncOpenAI, OpenAIError


@chainlit.on_message
async def answer(message):
    reply = chainlit.Message("")
    asked = [{"role": "user", "content": message.content}]
    try:
        async for part in await AsyncOpenAI(max_retries=0).chat.completions.create(model="gpt-4o-mini", messages=asked, stream=True):
            await reply.stream_token(part.choices[0].delta.content or "")
    except OpenAIError as error:
        await chainlit.ErrorMessage(str(error)).send()
    else:
        await reply.send()

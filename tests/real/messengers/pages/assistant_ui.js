import { AssistantRuntimeProvider, ComposerPrimitive, MessagePrimitive, ThreadPrimitive, useLocalRuntime } from '@assistant-ui/react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

import { TALK, send } from './chat.js';

const ADAPTER = {
  async run({ messages }) {
    await send(messages.at(-1).content.map(({ text }) => text).join(''));
    return { content: [{ type: 'text', text: 'Fine.' }] };
  },
};

const said = (className) => () => createElement(MessagePrimitive.Root, { className }, createElement(MessagePrimitive.Content));
const components = { UserMessage: said('mine'), AssistantMessage: said('theirs') };

function Chat() {
  const initialMessages = TALK.map(({ mine, text }) => ({ role: mine ? 'user' : 'assistant', content: text }));
  const runtime = useLocalRuntime(ADAPTER, { initialMessages });
  const messages = createElement(ThreadPrimitive.Viewport, { key: 'viewport' }, createElement(ThreadPrimitive.Messages, { components }));
  const composer = createElement(ComposerPrimitive.Root, { key: 'composer' }, createElement(ComposerPrimitive.Input, { placeholder: 'Write a message...', rows: 1 }), createElement(ComposerPrimitive.Send, null, 'Send'));
  return createElement(AssistantRuntimeProvider, { runtime }, createElement(ThreadPrimitive.Root, null, [messages, composer]));
}

createRoot(document.querySelector('#place')).render(createElement(Chat));

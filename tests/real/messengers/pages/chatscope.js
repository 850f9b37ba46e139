import { ChatContainer, MainContainer, Message, MessageInput, MessageList } from '@chatscope/chat-ui-kit-react';
import '@chatscope/chat-ui-kit-styles/dist/default/styles.min.css';
import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';

import { TALK, send } from './chat.js';

function Chat() {
  const [talk, setTalk] = useState(TALK);
  const say = (_html, _content, text) => {
    send(text);
    setTalk([...talk, { mine: true, text }]);
  };
  const messages = talk.map(({ mine, text }, key) => {
    const model = { message: text, sender: mine ? 'Sam' : 'Mara Lind', direction: mine ? 'outgoing' : 'incoming', position: 'single' };
    return createElement(Message, { key, model });
  });
  const list = createElement(MessageList, { key: 'list' }, messages);
  const input = createElement(MessageInput, { key: 'input', placeholder: 'Message', onSend: say });
  return createElement(MainContainer, { style: { height: '500px' } }, createElement(ChatContainer, null, [list, input]));
}

createRoot(document.querySelector('#place')).render(createElement(Chat));

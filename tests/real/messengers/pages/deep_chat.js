import 'deep-chat';

import { TALK, send } from './chat.js';

const chat = document.createElement('deep-chat');
chat.history = TALK.map(({ mine, text }) => ({ role: mine ? 'user' : 'ai', text }));
chat.connect = {
  async handler({ messages }, signals) {
    await send(messages.at(-1).text);
    signals.onResponse({ text: 'Fine.' });
  },
};
chat.style = 'width: 500px; height: 500px';
document.querySelector('#place').append(chat);

import { register } from 'vue-advanced-chat';

import { TALK, send } from './chat.js';

register();

const ROOM = { roomId: 'talk', roomName: 'Mara Lind', avatar: '', users: [{ _id: 'sam', username: 'Sam' }, { _id: 'mara', username: 'Mara Lind' }] };
let talk = [];
const chat = document.createElement('vue-advanced-chat');

const add = (mine, content) => {
  const at = new Date();
  talk = [...talk, { _id: String(talk.length), content, senderId: mine ? 'sam' : 'mara', username: mine ? 'Sam' : 'Mara Lind', date: 'Today', timestamp: at.toTimeString().slice(0, 5) }];
  chat.messages = talk;
};

Object.assign(chat, { height: '500px', currentUserId: 'sam', rooms: [ROOM], roomId: 'talk', roomsLoaded: true, messagesLoaded: false, messages: [] });
chat.addEventListener('fetch-messages', () => {
  setTimeout(() => {
    if (!talk.length) for (const { mine, text } of TALK) add(mine, text);
    chat.messagesLoaded = true;
  });
});
chat.addEventListener('send-message', ({ detail: [{ content }] }) => {
  send(content);
  add(true, content);
});
document.querySelector('#place').append(chat);

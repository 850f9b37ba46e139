// A web app of an AI service as its users see it: a box, a conversation, and few words when something goes wrong.

const APPS = {
  "chatgpt.com": { name: "ChatGPT", session: "/api/auth/session", answer: "/backend-api/f/conversation", telemetry: "/ces/v1/t", box: "prosemirror", oops: "Something went wrong. If this issue persists please contact us through our help center at help.openai.com." },
  "claude.ai": { name: "Claude", session: "/api/account", answer: "/api/organizations/6f1/chat_conversations/8a2/completion", telemetry: "/api/event_logging/batch", box: "textarea", oops: "Claude will return soon. Claude.ai is currently experiencing a temporary service disruption." },
  "gemini.google.com": { name: "Gemini", answer: "/_/BardChatUi/data/assistant.lamda.BardFrontendService/StreamGenerate", telemetry: "/_/BardChatUi/jserror", box: "rich", xhr: true, oops: "Something went wrong (1095)" },
  "chat.own.test": { name: "Own chat", session: "/api/session", answer: "/api/chat", telemetry: "/telemetry", box: "plain", oops: "Network error" },
  // It says nothing of its failures; with `?again=MILLISECONDS` it connects again by itself.
  "socket.own.test": { name: "Own socket", socket: "/live", box: "plain" },
};

const app = APPS[location.hostname];
const at = (id) => document.getElementById(id);

function element(name, attributes, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

const BOXES = {
  // As ProseMirror keeps it: a paragraph a line, and its own hand on what is pasted.
  prosemirror() {
    const box = element("div", { id: "prompt-textarea", class: "ProseMirror", contenteditable: "true", role: "textbox", "aria-label": "Ask anything" });
    box.append(element("p", {}));
    return box;
  },
  textarea: () => element("textarea", { id: "prompt", rows: "1", "aria-label": "Write your prompt" }),
  rich() {
    const outer = element("rich-textarea", {});
    outer.append(element("div", { class: "ql-editor", contenteditable: "true", role: "textbox", "aria-label": "Enter a prompt" }));
    return outer;
  },
  plain: () => element("textarea", { id: "prompt", rows: "1", "aria-label": "Message" }),
};

const outer = BOXES[app.box]();
const box = outer.matches("textarea, [contenteditable]") ? outer : outer.firstChild;
const typed = () => (box.value ?? box.innerText).trim();
const clear = () => ("value" in box ? (box.value = "") : app.box === "prosemirror" ? box.replaceChildren(element("p", {})) : box.replaceChildren());

function show(kind, text) {
  const line = element("p", { class: kind }, text);
  if (kind === "failed") line.setAttribute("role", "alert");
  at("talk").append(line);
  return line;
}

const sendWithFetch = async (body) => {
  const reply = await fetch(app.answer, { method: "POST", body, headers: { "content-type": "application/json" } });
  if (!reply.ok) throw new Error((await reply.text()) || String(reply.status));
  return reply.text();
};

const sendWithXhr = (body) =>
  new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", `${app.answer}?rt=c`);
    call.onload = () => (call.status < 400 ? resolve(call.responseText) : reject(new Error(String(call.status))));
    call.onerror = () => reject(new Error("XHR"));
    call.send(body);
  });

let socket;

function connect() {
  socket = new WebSocket(`${location.origin.replace("http", "ws")}${app.socket}`);
  socket.onmessage = ({ data }) => show("answer", data);
  socket.onclose = () => {
    at("talk").dataset.closed = Number(at("talk").dataset.closed ?? 0) + 1;
    const again = new URLSearchParams(location.search).get("again");
    if (again) setTimeout(connect, Number(again));
  };
}

async function ask() {
  const text = typed();
  if (!text) return;
  show("asked", text);
  clear();
  if (app.socket) return socket.send(text);
  try {
    const reply = await (app.xhr ? sendWithXhr : sendWithFetch)(JSON.stringify({ text }));
    const parts = [...reply.matchAll(/"text":"([^"]*)"/g)].map(([, part]) => part);
    if (!parts.length) throw new Error("no answer in it");
    show("answer", parts.join(""));
  } catch (error) {
    globalThis.lastError = error;
    show("failed", app.oops);
  }
}

// What pages do all the time beside the calls that matter.
globalThis.measure = () => fetch(app.telemetry, { method: "POST", body: "{}" }).then((reply) => reply.status, (error) => error.name);
globalThis.checkSession = () => fetch(app.session).then((reply) => reply.status, (error) => error.name);

at("brand").textContent = document.title = app.name;
at("composer").prepend(outer);
at("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask();
});
if (app.session) checkSession();
if (app.socket) connect();

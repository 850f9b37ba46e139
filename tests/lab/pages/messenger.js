// Courier's behaviour: show a conversation, keep what is typed, send on Enter or Send.

const people = [
  { name: "Mara Lind", tint: 1, presence: "online", unread: 0, talk: [
    ["them", "Friday", "I put everything for the workshop into one deck. Tell me honestly if it is too long."],
    ["me", "Friday", "Will do, over the weekend."],
    ["them", "09:12", "Morning! Did the slides from yesterday ever reach you?"],
    ["me", "09:15", "They did, thank you. I like the new ending a lot."],
    ["them", "09:16", "Phew. Jonas wants to run through it once before Thursday."],
    ["them", "09:16", "Would dinner tomorrow work? Seven, somewhere near the station, and we talk it over there."],
  ] },
  { name: "Climbing group", tint: 2, presence: "Ana, Jo, Tomas and you", unread: 3, talk: [
    ["them", "Saturday", "Ana: The hall opens at ten on Sunday."],
    ["me", "Saturday", "I can bring the second rope."],
    ["them", "08:40", "Tomas: Who drives? I have room for three."],
  ] },
  { name: "Dad", tint: 4, presence: "last seen today at 07:55", unread: 0, talk: [
    ["them", "Friday", "The tomatoes are finally red."],
    ["me", "Friday", "Send a picture!"],
    ["them", "07:54", "How do I print on both sides again? I tried what you said last time and now it prints nothing at all."],
  ] },
  { name: "Ines Okafor", tint: 3, presence: "last seen yesterday", unread: 0, talk: [
    ["me", "Thursday", "Here is the invoice for March."],
    ["them", "Thursday", "Perfect, it is paid. Could you start on the second part next week?"],
  ] },
  { name: "Building 12", tint: 5, presence: "26 neighbours", unread: 0, talk: [
    ["them", "Wednesday", "Mr Weiss: The water will be off on Monday from 9 to 11."],
    ["me", "Wednesday", "Thanks for the warning."],
  ] },
];

const at = (id) => document.getElementById(id);
const drafts = new Map();
let box = at("box");
let current = people[0];

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function initials(name) {
  return name.split(" ").map((word) => word[0].toUpperCase()).slice(0, 2).join("");
}

function listPeople() {
  const wanted = at("search").value.trim().toLowerCase();
  const shown = people.filter((person) => person.name.toLowerCase().includes(wanted));
  at("people").replaceChildren(...shown.map((person) => {
    const [, time, last] = person.talk.at(-1);
    const button = element("button", "person");
    button.type = "button";
    button.setAttribute("aria-current", String(person === current));
    button.append(
      element("span", `face tint-${person.tint}`, initials(person.name)),
      element("strong", "", person.name),
      element("time", "", time.includes(":") ? time : time.slice(0, 3)),
      element("span", "last", last),
    );
    button.firstChild.ariaHidden = "true";
    if (person.unread) {
      const count = element("span", "unread", String(person.unread));
      count.append(element("span", "quiet", " unread"));
      button.append(count);
    }
    button.addEventListener("click", () => show(person));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}

function day(message) {
  return message?.[1].includes(":") ? "Today" : message?.[1];
}

function bubble([who, time, text]) {
  const made = element("article", who === "me" ? "bubble mine" : "bubble");
  made.append(element("p", "", text), element("footer", "", time.includes(":") ? time : ""));
  at("talk").append(made);
  at("talk").scrollTop = at("talk").scrollHeight;
  return made;
}

function show(person) {
  drafts.set(current, typed());
  current = person;
  person.unread = 0;
  at("name").textContent = person.name;
  at("presence").textContent = person.presence;
  at("face").className = `face tint-${person.tint}`;
  at("face").textContent = initials(person.name);
  at("talk").replaceChildren();
  person.talk.forEach((message, index) => {
    if (day(message) !== day(person.talk[index - 1])) at("talk").append(element("div", "day", day(message)));
    bubble(message);
  });
  box.setAttribute("aria-label", `Message ${person.name}`);
  box.dataset.hint = box.placeholder = `Message ${person.name}`;
  type(drafts.get(person) ?? "");
  listPeople();
  box.focus();
}

function typed() {
  return box.value ?? box.innerText;
}

function type(text) {
  if ("value" in box) box.value = text;
  else box.textContent = text;
  markEmpty();
}

function markEmpty() {
  box.toggleAttribute("data-empty", !("value" in box) && typed().replace(/\n$/, "") === "");
}

async function send() {
  const text = typed().trim();
  if (!text) return;
  const message = ["me", new Date().toTimeString().slice(0, 5), text];
  const made = bubble(message);
  current.talk.push(message);
  type("");
  listPeople();
  const body = JSON.stringify({ to: current.name, text });
  const headers = { "content-type": "application/json" };
  const kept = await fetch("/lab/sent", { method: "POST", headers, body }).then((reply) => reply.ok, () => false);
  made.classList.toggle("lost", !kept);
  made.lastChild.append(kept ? " · sent" : " · not sent");
}

if (new URLSearchParams(location.search).get("box") === "textarea") {
  const area = element("textarea", box.className);
  area.id = box.id;
  area.rows = 1;
  box.replaceWith(area);
  box = area;
}

at("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
box.addEventListener("input", markEmpty);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
at("search").addEventListener("input", listPeople);
show(current);

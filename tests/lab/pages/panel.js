// The control panel: sets the fault of the next calls and shows what was called.

const GROUPS = {
  account: ["Account", "keys, sessions, plans, places"],
  request: ["Request", "what was asked"],
  provider: ["Provider", "inside the service"],
  gateway: ["Gateway", "something on the way answers"],
  connection: ["Connection", "sockets and framing"],
  stream: ["Stream", "begins well, ends badly"],
};
const SHOWN_CALLS = 12;

const at = (id) => document.getElementById(id);
let faults = [];

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

async function post(path, body) {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  return reply.json();
}

async function choose(name) {
  const wish = { name, times: Number(at("times").value), retry_after: Number(at("retry-after").value) };
  showState((await post("/lab/fault", wish)).fault);
}

function showState(fault) {
  at("state").classList.toggle("armed", Boolean(fault));
  at("state-name").textContent = fault?.name ?? "healthy";
  at("state-rest").textContent = !fault ? "every call is answered well"
    : fault.times < 0 ? "every call" : fault.times === 1 ? "the next call" : `the next ${fault.times} calls`;
  for (const button of document.querySelectorAll(".fault")) {
    button.setAttribute("aria-pressed", String(button.dataset.name === fault?.name));
  }
}

function showFaults() {
  const wanted = at("find").value.trim().toLowerCase();
  const fits = (fault) => `${fault.name} ${fault.cause} ${fault.about}`.toLowerCase().includes(wanted);
  at("groups").replaceChildren(...Object.entries(GROUPS).flatMap(([group, [title, hint]]) => {
    const rows = faults.filter((fault) => fault.group === group && fits(fault));
    if (!rows.length) return [];
    const section = element("section", "group");
    const heading = element("h2", "", title);
    heading.append(element("small", "", hint));
    const list = element("ul", "faults");
    list.append(...rows.map((fault) => {
      const button = element("button", "fault");
      button.type = "button";
      button.dataset.name = fault.name;
      button.setAttribute("aria-pressed", "false");
      button.append(
        element("strong", "", fault.name),
        element("span", "", fault.about),
        element("span", "cause", `→ ${fault.cause}`),
      );
      button.addEventListener("click", () => choose(fault.name));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
    section.append(heading, list);
    return [section];
  }));
}

function showCalls(calls) {
  const rows = calls.slice(-SHOWN_CALLS).reverse().map((call) => {
    const well = call.status === 200 && !call.fault;
    const row = element("li", well ? "good" : "bad");
    row.append(
      element("span", "status", String(call.status ?? "–")),
      element("span", "what", call.fault ?? (call.answered ? "answered" : "left open")),
      element("time", "", new Date(call.at_ms).toTimeString().slice(0, 8)),
      element("span", "path", `${call.method} ${call.path}${call.stream ? " · stream" : ""}`),
    );
    return row;
  });
  at("calls").replaceChildren(...(rows.length ? rows : [element("li", "none", "No call yet.")]));
}

async function refresh() {
  const [{ fault }, { calls }] = await Promise.all(
    ["/lab/fault", "/lab/log"].map((path) => fetch(path).then((reply) => reply.json())),
  );
  showState(fault);
  showCalls(calls);
}

at("wishes").addEventListener("submit", (event) => event.preventDefault());
at("find").addEventListener("input", async () => {
  showFaults();
  showState((await (await fetch("/lab/fault")).json()).fault);
});
at("healthy").addEventListener("click", () => choose("healthy"));

({ faults } = await (await fetch("/lab/faults")).json());
showFaults();
await refresh();
setInterval(() => { if (!document.hidden) refresh().catch(() => {}); }, 1000);

"use strict";
// Everything that comes from the server is put in as text, never as markup.

const view = document.getElementById("view");
const clock = document.getElementById("clock");
let current = "";
let refresh = 0;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function ask(path, options) {
  const answer = await fetch(path, options);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text || answer.status);
  return text ? JSON.parse(text) : null;
}

function table(heads, rows) {
  return element("table", {},
    element("thead", {}, element("tr", {}, ...heads.map(head => element("th", { scope: "col", textContent: head })))),
    element("tbody", {}, ...rows));
}

function row(...cells) {
  return element("tr", {}, ...cells.map(cell =>
    cell instanceof Node ? element("td", {}, cell) : element("td", { textContent: cell ?? "" })));
}

function picked(made, action) {
  made.className = "pick";
  made.tabIndex = 0;
  made.addEventListener("click", action);
  made.addEventListener("keydown", event => { if (event.key === "Enter") action(); });
  return made;
}

function json(value) {
  return element("pre", { textContent: JSON.stringify(value, null, 2) });
}

function show(...parts) {
  view.replaceChildren(...parts);
}

// ---- the clock

async function readClock() {
  const now = await ask("/_pileus/clock");
  clock.textContent = now.now.replace(/\.\d+/, "") + " (" + now.mode + (now.scale !== 1 && now.mode === "scaled" ? " ×" + now.scale : "") + ")"
    + (now.pending ? ", " + now.pending + " waiting" + (now.nextDue ? ", next at " + now.nextDue.replace(/\.\d+/, "") : "") : "");
}

async function changeClock(change) {
  await ask("/_pileus/clock", { method: "POST", body: change });
  await readClock();
  await views[current]();
}

// ---- what there is

const views = {
  async state() {
    const [health, state] = await Promise.all([ask("/_localstack/health"), ask("/_pileus/state")]);
    const parts = [element("p", { textContent: Object.entries(health.services).map(([name, how]) => name + " " + how).join(" · ") })];
    for (const [service, scopes] of Object.entries(state.services)) {
      parts.push(element("h2", { textContent: service }));
      for (const scope of scopes) {
        for (const [kind, things] of Object.entries(scope.resources)) {
          parts.push(element("details", {},
            element("summary", { textContent: scope.account + " " + scope.region + ": " + kind + " (" + (things.length ?? "") + ")" }),
            json(things)));
        }
      }
    }
    if (parts.length === 1) parts.push(element("p", { textContent: "There is nothing yet, in any account or region." }));
    show(...parts);
  },

  async requests() {
    const only = view.querySelector("#only")?.value ?? "";
    const found = (await ask("/_pileus/requests?limit=200" + (only === "errors" ? "&errors=true" : ""))).requests
      .filter(request => only !== "odd" || request.notEmulated);
    const choice = element("select", { id: "only" },
      ...[["", "all"], ["errors", "those that failed"], ["odd", "those not fully emulated"]].map(([value, textContent]) =>
        element("option", { value, textContent, selected: value === only })));
    choice.addEventListener("change", () => run(views.requests));
    const rows = found.map(request => {
      const what = element("span", { textContent: (request.service ? request.service + "." : "") + request.operation });
      const said = element("span", {
        className: request.error ? "bad" : "odd",
        textContent: request.error ? request.error.code + ": " + request.error.message : request.notEmulated ?? "" });
      return picked(row(request.time.slice(11, 23), what, request.account, request.region, request.status,
        (request.latencyMicros / 1000).toFixed(1), said), () => run(() => oneRequest(request.number)));
    });
    show(element("p", {}, "Show ", choice), table(["time", "request", "account", "region", "status", "ms", ""], rows));
  },

  async queues() {
    const state = await ask("/_pileus/state/sqs");
    const urls = (state.services.sqs ?? []).flatMap(scope => (scope.resources.QueueUrls ?? []).map(url => [url, scope.region]));
    show(table(["queue", "region"], urls.map(([url, region]) =>
      picked(row(url, region), () => run(() => oneQueue(url, region))))),
      element("p", { textContent: urls.length ? "Looking at messages does not receive them." : "There are no queues." }));
  },

  async sent() {
    const [codes, deliveries, mails, texts] = await Promise.all([
      ask("/_pileus/cognito/messages"), ask("/_pileus/sns/deliveries"), ask("/_pileus/sns/emails"), ask("/_aws/sns/sms-messages")]
      .map(promise => promise.catch(() => null)));
    const parts = [];
    if (codes) parts.push(element("h2", { textContent: "Cognito: codes and links" }),
      table(["at", "user", "to", "kind", "code", "link"], codes.messages.map(m => row(m.sentAt, m.username, m.destination, m.kind, m.code, m.link)).reverse()));
    if (deliveries) parts.push(element("h2", { textContent: "SNS: deliveries" }),
      table(["at", "topic", "protocol", "to", "outcome", "why"], deliveries.deliveries.map(d =>
        row(d.time, d.topicArn, d.protocol, d.endpoint, d.outcome, d.reason)).reverse()));
    if (mails) parts.push(element("h2", { textContent: "SNS: mails (account 000000000000, us-east-1)" }), json(mails));
    if (texts) parts.push(element("h2", { textContent: "SNS: text messages (account 000000000000, us-east-1)" }), json(texts));
    show(...parts);
  },
};

async function oneRequest(number) {
  const request = await ask("/_pileus/requests/" + number);
  const parts = [back("requests"), element("h2", { textContent: request.service + "." + request.operation + ": " + request.status })];
  if (request.command) {
    const copy = element("button", { textContent: "copy as aws command" });
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(request.command);
      copy.textContent = "copied";
    });
    parts.push(element("pre", { textContent: request.command }), copy);
  }
  if (request.error) parts.push(element("p", { className: "bad", textContent: request.error.code + ": " + request.error.message }));
  if (request.input) parts.push(element("h2", { textContent: "input" }), json(request.input));
  if (request.output) parts.push(element("h2", { textContent: "output" }), json(request.output));
  hold();
  show(...parts);
}

async function oneQueue(url, region) {
  const [name, account] = url.split("/").reverse();
  const peeked = await ask("/_aws/sqs/messages/" + [region, account, name].map(encodeURIComponent).join("/")
    + "?ShowInvisible=true&ShowDelayed=true", { headers: { Accept: "application/json" } });
  const messages = peeked.ReceiveMessageResponse.ReceiveMessageResult.Message;
  hold();
  show(back("queues"), element("h2", { textContent: url }),
    table(["id", "body", "", "received"], messages.map(message => {
      const attributes = Object.fromEntries(message.Attribute.map(a => [a.Name, a.Value]));
      return row(message.MessageId, element("pre", { textContent: message.Body }),
        attributes.IsDelayed === "true" ? "delayed" : attributes.IsVisible === "true" ? "visible" : "in flight",
        attributes.ApproximateReceiveCount + " times");
    })));
}

function back(to) {
  const button = element("button", { textContent: "back" });
  button.addEventListener("click", () => open(to));
  return button;
}

// ---- the page

function hold() {
  clearInterval(refresh);
}

async function run(action) {
  try {
    await action();
  } catch (failure) {
    hold();
    show(element("p", { className: "bad", textContent: String(failure.message ?? failure) }));
  }
}

function open(name) {
  current = name;
  hold();
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
  }
  run(views[name]);
  if (name === "requests") refresh = setInterval(() => run(views.requests), 3000);
}

for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => open(button.dataset.view));
}
for (const button of document.querySelectorAll("[data-clock]")) {
  button.addEventListener("click", () => run(() => changeClock(button.dataset.clock)));
}
setInterval(() => readClock().catch(() => { clock.textContent = "the server does not answer"; }), 2000);
run(readClock);
open("state");

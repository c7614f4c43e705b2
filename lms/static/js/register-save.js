// The register saves itself: every change is sent after a moment, once, in order. What cannot be sent is kept on
// this device without names, for 72 hours at most, and sent when the same person opens the register again.
const AFTER_MS = 600;
const RETRY_MS = [1000, 2000, 5000, 10000, 30000];
const KEEP_MS = 72 * 60 * 60 * 1000;
const form = document.querySelector("form[data-register]");
if (form && document.querySelector("[data-register-words]")) start(form);

function start(form) {
  const words = document.querySelector("[data-register-words]").dataset;
  const trouble = document.querySelector("[data-register-trouble]");
  const state = document.querySelector("[data-saved-state]");
  const shelf = `register ${form.dataset.register} ${form.dataset.keeper}`;
  const changed = new Set();
  const acknowledged = new Map(); // by person: the last record of ours that the server has confirmed
  let queue = takeFromShelf(); // sendings that are not acknowledged yet; the first one is under way
  let timer = 0;
  let sending = false;
  let failures = 0;

  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-line]");
    if (!row) return;
    changed.add(row.dataset.line);
    clearTimeout(timer);
    timer = setTimeout(flush, AFTER_MS);
  });

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    const name = button?.name ?? "";
    if (name === "sign_off" && !queue.length && !changed.size) return;
    event.preventDefault();
    flush();
    if (name === "rest" && changed.size) document.querySelector(`#p-${[...changed][0]} .input--minutes`)?.focus();
    else if (name === "sign_off") leaveWhenSent(button);
    else if (name) enqueue([[name, button.value]]);
  });

  window.addEventListener("online", send);
  window.addEventListener("beforeunload", (event) => {
    if (queue.length || changed.size) event.preventDefault();
  });
  if (queue.length) send();

  // --- From the page into the queue

  function flush() {
    clearTimeout(timer);
    const fields = [];
    for (const key of [...changed]) {
      const row = document.getElementById(`p-${key}`);
      const line = row ? fieldsOf(row) : null;
      if (!row) changed.delete(key);
      if (!line) continue; // somebody came late and the minutes are not written yet
      changed.delete(key);
      fields.push(...line);
    }
    if (fields.length) enqueue(fields);
  }

  function fieldsOf(row) {
    const key = row.dataset.line;
    const chosen = row.querySelector("input[type=radio]:checked")?.value;
    if (!chosen) return null;
    const fields = [[`state-${key}`, chosen]];
    const minutes = row.querySelector(`[name="${chosen}-${key}"]`)?.value.trim();
    if (minutes !== undefined) {
      if (!/^[1-9][0-9]{0,2}$/.test(minutes) || Number(minutes) > 480) return null;
      fields.push([`${chosen}-${key}`, minutes]);
    }
    return fields;
  }

  function enqueue(fields) {
    queue.push({ form: crypto.randomUUID(), at: Date.now(), fields, seen: seenFor(fields) });
    putOnShelf();
    send();
  }

  // --- From the queue to the server

  async function send() {
    if (sending || !queue.length) return;
    sending = true;
    say(words.saving);
    try {
      const sent = queue[0];
      // An earlier sending of ours may have moved a line on. Sent once more, it stays the same event.
      sent.based ??= sent.seen.map(([key, seen]) => [`based-${key}`, Math.max(seen, acknowledged.get(key) ?? 0)]);
      putOnShelf();
      const body = new URLSearchParams([["form", sent.form], ...sent.fields, ...sent.based]);
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      const headers = { Accept: "application/json", "X-CSRFToken": token };
      const answer = await fetch(form.action, { method: "POST", body, headers, signal: AbortSignal.timeout(20000) });
      if (answer.redirected || answer.status === 403) return (await renew()) || later(words.signedOut);
      if (answer.status >= 500) return later(words.unavailable);
      const readable = answer.headers.get("Content-Type")?.includes("json");
      const told = readable ? await answer.json() : { state: "refused", text: words.refused };
      failures = 0;
      queue.shift();
      putOnShelf();
      if (told.state === "refused") complain(told.text);
      else show(told);
    } catch {
      return later(words.offline);
    } finally {
      sending = false;
    }
    if (queue.length) send();
    else if (changed.size) timer = setTimeout(flush, AFTER_MS);
  }

  // After signing in again the token is another one; it is taken over only if it is the same person.
  async function renew() {
    const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
    const fresh = page.querySelector(`form[data-register][data-keeper="${form.dataset.keeper}"]`);
    const token = fresh?.querySelector("[name=csrfmiddlewaretoken]").value;
    if (!token) return false;
    form.querySelector("[name=csrfmiddlewaretoken]").value = token;
    tryAgain();
    return true;
  }

  function seenFor(fields) {
    const keys = fields.filter(([name]) => name.startsWith("state-")).map(([name]) => name.slice(6));
    return keys.map((key) => [key, Number(document.querySelector(`[name="based-${key}"]`)?.value ?? 0)]);
  }

  function later(why) {
    complain(why);
    say(words.waiting, true);
    tryAgain();
  }

  function tryAgain() {
    setTimeout(send, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
  }

  async function leaveWhenSent(button) {
    while (queue.length || sending) {
      if (failures) return; // a list that has not arrived is not signed off later by surprise
      await new Promise((done) => setTimeout(done, 100));
    }
    changed.clear();
    form.requestSubmit(button);
  }

  // --- From the server onto the page

  function show(told) {
    trouble.hidden = true;
    say(told.text);
    for (const [key, version] of Object.entries(told.versions)) {
      acknowledged.set(key, version);
      const seen = document.querySelector(`[name="based-${key}"]`);
      if (seen) seen.value = version;
    }
    for (const [key, line] of Object.entries(told.lines)) {
      if (!changed.has(key)) replace(document.getElementById(`p-${key}`), line);
    }
    fill("[data-register-tally]", told.tally);
    fill("[data-register-undo]", told.undo);
    fill("[data-register-ready]", told.ready);
    if (told.state === "conflict") document.querySelector(".roll__row--conflict")?.scrollIntoView({ block: "center" });
  }

  function replace(row, markup) {
    if (row) row.replaceWith(document.createRange().createContextualFragment(markup));
  }

  function fill(place, markup) {
    document.querySelector(place)?.replaceChildren(document.createRange().createContextualFragment(markup));
  }

  function say(text, waiting = false) {
    state.textContent = text;
    state.classList.toggle("saved--waiting", waiting);
  }

  function complain(text) {
    trouble.querySelector("p").textContent = text;
    trouble.hidden = false;
  }

  // --- On this device: participations and marks, never a name

  function takeFromShelf() {
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(shelf)) ?? [];
    } catch {
      localStorage.removeItem(shelf);
    }
    return kept.filter((sent) => Date.now() - sent.at < KEEP_MS);
  }

  function putOnShelf() {
    if (queue.length) localStorage.setItem(shelf, JSON.stringify(queue));
    else localStorage.removeItem(shelf);
  }
}

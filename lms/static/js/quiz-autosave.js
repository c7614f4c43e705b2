// A quiz page that saves each answer as it is given, goes from question to question without a connection, and sends
// what it kept when the connection or the person is back. Without it every question has a Save of its own.

import { AnswerQueue } from "./quiz-queue.js";
import { SignInAgain } from "./quiz-sign-in.js";

const PAUSE = 600; // Between the last change and sending.
const SLOW = 4000; // After that the answer is said to be on this device only.

const desk = document.querySelector("[data-quiz]");
const words = desk.dataset;
const place = document.querySelector("[data-quiz-place]");
const handIn = document.querySelector("[data-quiz-submit]");
const banner = document.querySelector("[data-quiz-banner]");
const queue = new AnswerQueue(words.quiz);
const forms = new Map();
const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: words.zone,
});
const wasKept = new Set();
let whenDrained = null;
let saving;
let slow;

const signIn = new SignInAgain(desk, (token) => {
  for (const form of [...forms.values(), handIn]) useToken(form, token);
  show(null);
  queue.resume(token);
});

// --- One question ----------------------------------------------------------------------------------------------------

const current = () => place?.querySelector("form");
const numberOf = (form) => Number(form.dataset.quizQuestion);
const chosenIn = (form) => Array.from(form.querySelectorAll("input:checked"), (input) => input.value);

function useToken(form, token) {
  const field = form?.querySelector("[name=csrfmiddlewaretoken]");
  if (field) field.value = token;
}

function choose(form, choices, sequence) {
  for (const input of form.querySelectorAll("[name=choice]")) input.checked = choices.includes(input.value);
  form.dataset.quizSequence = sequence;
  form.querySelector("[name=sequence]").value = sequence + 1;
}

// What this device knows better than the page: an answer that is not sent yet, or one from another window.
function refresh(form) {
  const known = queue.answerTo(numberOf(form));
  if (known && known.sequence > Number(form.dataset.quizSequence)) choose(form, known.choices, known.sequence);
}

function keep(form) {
  queue.add(numberOf(form), form.dataset.quizAnswer, chosenIn(form), Number(form.dataset.quizSequence));
  form.dataset.quizSequence = queue.answerTo(numberOf(form)).sequence;
  say(numberOf(form), queue.lasting ? words.textSaving : words.textUnkept, "");
  clearTimeout(saving);
  saving = setTimeout(() => queue.flush(), PAUSE);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-quiz-question]");
  if (form && event.target.name === "choice") keep(form);
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-quiz-question]");
  if (!form) return;
  event.preventDefault();
  clearTimeout(saving);
  queue.flush();
  const next = numberOf(form) + 1;
  if (next > Number(words.total)) {
    whenEmpty(() => location.assign(words.reviewUrl));
  } else if (forms.has(next)) {
    go(next);
  } else {
    whenEmpty(() => location.assign(pip(next).href));
  }
});

// --- From question to question, without asking the server ---------------------------------------------------------------

const pip = (number) => document.querySelector(`[data-quiz-pip="${number}"]`);

async function learnSheet() {
  try {
    const response = await fetch(words.sheetUrl);
    if (!response.ok || response.redirected) return;
    const sheet = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const form of sheet.querySelectorAll("form[data-quiz-question]")) {
      if (!forms.has(numberOf(form))) forms.set(numberOf(form), document.adoptNode(form));
    }
  } catch {
    // Without the sheet each question is a page of its own.
  }
}

function go(number, remember = true) {
  const form = forms.get(number);
  if (!form) return false;
  refresh(form);
  if (!chosenIn(form).length) form.querySelector("[data-saved-state]").replaceChildren();
  place.replaceChildren(form);
  document.querySelector(".pips [aria-current]")?.removeAttribute("aria-current");
  pip(number).setAttribute("aria-current", "step");
  const where = words.textWhere.replace("{number}", number);
  document.querySelector("[data-quiz-where]").textContent = where;
  document.title = document.title.replace(/^.*?(?= – )/, where);
  if (remember) history.pushState({ number }, "", pip(number).href);
  const text = form.querySelector("legend");
  text.tabIndex = -1;
  text.focus();
  return true;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-quiz-sign-in-open]")) signIn.open();
  const link = event.target.closest("[data-quiz-pip], [data-quiz-back]");
  if (!link || !place || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const number = Number(link.dataset.quizPip ?? numberOf(current()) - 1);
  if (go(number)) event.preventDefault();
});

window.addEventListener("popstate", () => {
  const number = Number(location.pathname.match(/\/(\d+)\/$/)?.[1]);
  if (!place || !go(number, false)) location.reload();
});

// --- Handing in waits for what is not sent yet -------------------------------------------------------------------------

function whenEmpty(then) {
  if (!queue.length) {
    then();
    return;
  }
  whenDrained = then;
  queue.flush();
  if (!navigator.onLine || queue.stopped) say(null, words.textWaiting, "offline");
}

handIn?.addEventListener("submit", (event) => {
  if (!queue.length) {
    queue.clear();
    return;
  }
  event.preventDefault();
  whenEmpty(() => handIn.requestSubmit());
});

// --- What is said ----------------------------------------------------------------------------------------------------

// Beside the question it is about, and beside the one that is being read.
function say(number, text, icon, time = "") {
  for (const form of new Set([number && forms.get(number), current() ?? handIn])) {
    const state = form?.querySelector("[data-saved-state]");
    if (!state) continue;
    const drawn = icon && document.querySelector(`[data-quiz-icon="${icon}"]`).content.cloneNode(true);
    state.classList.toggle("saved--waiting", icon === "offline");
    state.replaceChildren(...(drawn ? [drawn] : []), text.replace("{time}", time));
  }
}

function show(kind) {
  if (banner.dataset.shown === (kind ?? "")) return;
  banner.dataset.shown = kind ?? "";
  const template = kind && document.querySelector(`[data-quiz-banner-${kind}]`);
  banner.replaceChildren(...(template ? [template.content.cloneNode(true)] : []));
}

function sayKept(entry) {
  wasKept.add(entry.event);
  say(entry.number, queue.lasting ? words.textKept : words.textUnkept, "offline", clock.format(new Date()));
}

queue.addEventListener("sending", ({ detail }) => {
  clearTimeout(slow);
  slow = setTimeout(() => sayKept(detail), SLOW);
});

queue.addEventListener("kept", ({ detail }) => {
  clearTimeout(slow);
  sayKept(detail);
  for (const { event } of queue.waiting) wasKept.add(event); // They wait behind this one.
  if (!queue.stopped) show("offline");
  if (whenDrained) say(null, words.textWaiting, "offline");
});

queue.addEventListener("saved", ({ detail }) => {
  clearTimeout(slow);
  show(null);
  const text = wasKept.delete(detail.event) ? words.textSent : words.textSaved;
  say(detail.number, text, "check", clock.format(new Date(detail.at)));
  const mark = pip(detail.number);
  mark?.classList.toggle("is-saved", detail.choices.length > 0);
  mark?.querySelector("[data-quiz-pip-saved]").toggleAttribute("hidden", detail.choices.length === 0);
});

queue.addEventListener("older", ({ detail }) => {
  clearTimeout(slow);
  show(null);
  const form = forms.get(detail.number);
  if (form) choose(form, detail.choices, detail.sequence);
  say(detail.number, detail.text, "");
});

queue.addEventListener("late", ({ detail }) => {
  queue.clear();
  location.assign(detail.result);
});

queue.addEventListener("refused", ({ detail }) => {
  clearTimeout(slow);
  say(detail.number, detail.text ?? words.textRefused, "offline");
});

queue.addEventListener("unrecognised", async () => {
  clearTimeout(slow);
  const state = await signIn.check();
  if (!state) {
    queue.stopped = false;
    queue.later();
    show("offline");
  } else if (state.person !== words.person) {
    show("signed-out");
    signIn.open();
    if (state.person) signIn.say(words.textOther);
  }
});

queue.addEventListener("drained", () => {
  if (navigator.onLine) show(null);
  const then = whenDrained;
  whenDrained = null;
  then?.();
});

queue.addEventListener("elsewhere", () => forms.forEach(refresh));

// --- Begin: first what was kept, then the rest -------------------------------------------------------------------------

window.addEventListener("online", () => queue.wake());
window.addEventListener("offline", () => show("offline"));
window.addEventListener("pagehide", () => queue.flush());
document.addEventListener("visibilitychange", () => queue.flush());

queue.token = document.querySelector("[name=csrfmiddlewaretoken]").value;
if (place) {
  const form = current();
  forms.set(numberOf(form), form);
  refresh(form);
  queue.flush();
  learnSheet();
} else if (queue.length) {
  // The look over the answers was drawn before these arrived.
  whenEmpty(() => location.reload());
}

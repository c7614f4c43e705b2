// The answers of one attempt on this device: what is known of each question, and what the server has not
// acknowledged yet. Holds opaque ids of choices only, and is the same for all windows of a browser.

const EMPTY = { queue: [], known: {} };
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const PATIENCE = 15000;

export class AnswerQueue extends EventTarget {
  constructor(attempt) {
    super();
    this.key = `quiz:${attempt}`;
    this.memory = null;
    this.token = "";
    this.stopped = false;
    this.renewed = false;
    this.wait = FIRST_WAIT;
    this.sending = null;
    window.addEventListener("storage", (event) => {
      if (event.key === this.key) this.tell("elsewhere", this.read());
    });
  }

  // --- Storage. Where the browser gives none, the answers live as long as the page. ---

  get lasting() {
    return this.memory === null;
  }

  read() {
    if (this.memory) return this.memory;
    try {
      return { ...EMPTY, ...JSON.parse(localStorage.getItem(this.key) ?? "{}") };
    } catch {
      return EMPTY;
    }
  }

  write(state) {
    try {
      localStorage.setItem(this.key, JSON.stringify(state));
      this.memory = null;
    } catch {
      this.memory = state;
    }
  }

  clear() {
    this.memory = null;
    try {
      localStorage.removeItem(this.key);
    } catch {
      // There was nothing to forget.
    }
  }

  // --- What is known ---

  get length() {
    return this.read().queue.length;
  }

  get waiting() {
    return this.read().queue;
  }

  answerTo(number) {
    return this.read().known[number];
  }

  learn(number, choices, sequence) {
    const state = this.read();
    if ((state.known[number]?.sequence ?? 0) > sequence) return false;
    this.write({ ...state, known: { ...state.known, [number]: { choices, sequence } } });
    return true;
  }

  add(number, url, choices, sequence) {
    const state = this.read();
    const next = Math.max(sequence, state.known[number]?.sequence ?? 0) + 1;
    // Only the newest unsent answer to a question matters; one that is on its way stays until it is answered for.
    const queue = state.queue.filter((entry) => entry.number !== number || entry.event === this.underway);
    queue.push({ number, url, choices, sequence: next, event: newId() });
    this.write({ ...state, queue, known: { ...state.known, [number]: { choices, sequence: next } } });
  }

  drop(event) {
    const state = this.read();
    this.write({ ...state, queue: state.queue.filter((entry) => entry.event !== event) });
  }

  forget(number) {
    const { [number]: _forgotten, ...known } = this.read().known;
    this.write({ ...this.read(), known });
  }

  // --- Sending: one after the other, in order, again and again under the same event id until the server answers. ---

  flush() {
    clearTimeout(this.timer);
    if (!this.sending && !this.stopped) {
      this.sending = this.sendAll().finally(() => {
        this.sending = null;
      });
    }
    return this.sending ?? Promise.resolve();
  }

  async sendAll() {
    while (this.length && !this.stopped) {
      const entry = this.read().queue[0];
      this.underway = entry.event;
      this.tell("sending", entry);
      const arrived = await this.send(entry);
      this.underway = null;
      if (!arrived) return;
      this.wait = FIRST_WAIT;
    }
    if (!this.length) this.tell("drained");
  }

  async send(entry) {
    const response = await post(entry.url, this.token, {
      event_id: entry.event,
      sequence: entry.sequence,
      choices: JSON.stringify(entry.choices),
    });
    const said = response ? await saidBy(response) : {};
    // Signed out, or the token of the page is no longer good; with a fresh one it is trouble like any other.
    const unknown = response && response.status < 500 && response.status !== 429 && (response.status === 401 || !said.state);
    if (!said.state || unknown || response.status >= 500) {
      this.tell("kept", entry);
      if (unknown && !this.renewed) {
        this.stopped = true;
        this.tell("unrecognised");
      } else {
        this.later(response?.headers.get("Retry-After"));
      }
      return false;
    }
    this.renewed = false;
    this.drop(entry.event);
    if (said.state === "refused") this.forget(entry.number);
    else this.learn(entry.number, said.choices, said.sequence);
    this.tell(said.state, { ...entry, ...said });
    return true;
  }

  resume(token) {
    this.token = token;
    this.stopped = false;
    this.renewed = true;
    this.wait = FIRST_WAIT;
    return this.flush();
  }

  // The connection is said to be back: no need to wait any longer.
  wake() {
    this.wait = FIRST_WAIT;
    return this.flush();
  }

  later(seconds) {
    const wait = Number(seconds) > 0 ? Number(seconds) * 1000 : this.wait;
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    // A class that lost its connection together does not come back in the same second.
    this.timer = setTimeout(() => this.flush(), wait * (0.75 + Math.random() / 2));
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export async function post(url, token, fields) {
  try {
    return await fetch(url, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json", "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" },
      keepalive: true, // An answer given just before leaving still gets there.
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return null;
  }
}

export async function saidBy(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Signing in again without leaving the question: the same person goes on, anybody else is told that these are not
// their answers.

import { post, saidBy } from "./quiz-queue.js";

export class SignInAgain {
  constructor(desk, goOn) {
    this.desk = desk;
    this.goOn = goOn;
    this.dialog = document.querySelector("[data-quiz-sign-in]");
    this.form = this.dialog.querySelector("form");
    this.error = this.dialog.querySelector("[data-quiz-sign-in-error]");
    this.needed = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.signIn();
    });
    this.dialog.querySelector("[data-quiz-sign-in-later]").addEventListener("click", () => this.dialog.close());
    // Whoever signs in on the page of its own comes back to this one.
    window.addEventListener("focus", () => this.needed && this.check());
  }

  // Find out who is signed in. With the same person things go on, under a fresh token.
  async check() {
    const state = await this.state();
    if (!state) return null;
    if (state.person === this.desk.dataset.person) {
      this.needed = false;
      this.dialog.close();
      this.goOn(state.token);
    }
    return state;
  }

  async state() {
    try {
      const response = await fetch(this.desk.dataset.stateUrl, { headers: { Accept: "application/json" } });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  open() {
    this.needed = true;
    this.say("");
    if (!this.dialog.open) this.dialog.showModal();
  }

  async signIn() {
    const before = await this.state();
    const response = before && (await post(this.desk.dataset.signInUrl, before.token, new FormData(this.form)));
    if (!response) return this.say(this.desk.dataset.textWaiting);
    if (response.status === 429) return this.say(this.desk.dataset.textThrottled);
    if (!response.ok) return this.say(firstError(await saidBy(response)) ?? this.desk.dataset.textWrong);
    this.form.elements.password.value = "";
    const after = await this.check();
    if (!after || !this.needed) return undefined;
    return this.say(after.person ? this.desk.dataset.textOther : this.desk.dataset.textElsewhere);
  }

  say(text) {
    this.error.textContent = text;
  }
}

function firstError(said) {
  const fields = Object.values(said.form?.fields ?? {});
  return [...(said.form?.errors ?? []), ...fields.flatMap((field) => field.errors)][0];
}

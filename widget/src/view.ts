/** The panel: header, log, status lines and the box to write in. */

import { exitButton } from "./corner";
import { el, icon } from "./dom";
import { Log } from "./log";
import type { Button, Message, Outgoing } from "./types";

const MAX_LENGTH = "4000";
const OFFLINE = "Geen verbinding. Ik probeer het opnieuw; wat je schreef blijft bewaard.";
const PERSON_TYPING_MS = 6_000;
const CROSS = "M6 6l12 12M18 6L6 18";

export interface Actions {
  send(text: string): void;
  press(button: Button): void;
  draft(text: string): void;
  close(): void;
  exit(): void;
}

export class View {
  readonly panel: HTMLElement;
  private readonly log: Log;
  private readonly input: HTMLTextAreaElement;
  private readonly notice = el("p", { class: "notice", role: "alert" });
  private readonly typing = el("p", { class: "status", role: "status" });
  private typingEnds: number | undefined;
  private readonly offline = el("p", { class: "status", role: "status" });

  constructor(
    private readonly title: string,
    origin: string,
    private readonly actions: Actions,
  ) {
    this.log = new Log(title, origin, (button) => this.press(button));
    this.input = el("textarea", {
      id: "message",
      rows: "1",
      maxlength: MAX_LENGTH,
      placeholder: "Typ je bericht",
      autocomplete: "off",
      "data-testid": "input",
    });
    this.panel = el(
      "section",
      { class: "panel", role: "dialog", "aria-label": title, lang: "nl", "data-testid": "panel" },
      this.header(),
      this.log.node,
      this.notice,
      this.typing,
      this.offline,
      this.form(),
    );
    this.panel.hidden = true;
  }

  show(history: Message[], unsent: Outgoing[]): void {
    this.log.show(history, unsent);
  }

  get empty(): boolean {
    return this.log.empty;
  }

  add(message: Message): void {
    if (message.from === "person") this.setTyping(false);
    this.log.add(message);
  }

  addOwn(item: Outgoing): void {
    this.setNotice("");
    this.log.addOwn(item);
  }

  delivered(id: string): void {
    this.log.delivered(id);
  }

  /** Gives typed text back to the box if that is empty, so that nothing written is lost. */
  refused(item: Outgoing, error: string): void {
    const giveBack = item.title === undefined && this.input.value === "";
    if (giveBack) this.write(item.message);
    this.log.refused(item.id, giveBack || item.title !== undefined);
    this.setNotice(error);
  }

  clear(): void {
    this.log.clear();
    this.setNotice("");
  }

  /** A person's sign ends by itself: it comes again as long as they write. */
  setTyping(on: boolean, person?: string): void {
    window.clearTimeout(this.typingEnds);
    this.typing.textContent = on ? `${person ?? this.title} schrijft…` : "";
    if (person !== undefined) this.typingEnds = window.setTimeout(() => this.setTyping(false), PERSON_TYPING_MS);
  }

  setOnline(on: boolean): void {
    if (!on) this.setTyping(false);
    const text = on ? "" : OFFLINE;
    if (this.offline.textContent !== text) this.offline.textContent = text;
  }

  setNotice(text: string): void {
    this.notice.textContent = text;
  }

  /** Fills the box and keeps the text as a draft. */
  write(text: string): void {
    this.input.value = text;
    this.changed();
  }

  /** Nothing that was written is left. */
  forget(): void {
    this.clear();
    this.setTyping(false);
    this.input.value = "";
  }

  /** The size of the box can only be measured once the panel is visible. */
  opened(): void {
    this.grow();
    this.log.toEnd();
    this.input.focus();
  }

  private press(button: Button): void {
    this.actions.press(button);
    // The pressed button is gone now. On a touch screen the box would call up the keyboard.
    const touch = typeof matchMedia === "function" && matchMedia("(pointer: coarse)").matches;
    (touch ? this.log.node : this.input).focus();
  }

  private header(): HTMLElement {
    const exit = exitButton(() => this.actions.exit());
    const close = el("button", {
      type: "button",
      class: "close",
      "aria-label": "Sluit het gesprek",
      "data-testid": "close",
    });
    close.append(icon(CROSS));
    close.addEventListener("click", () => this.actions.close());
    const name = el("h2", {}, this.title);
    const what = el("p", {}, "computerprogramma, geen therapeut");
    return el("header", {}, el("div", { class: "name" }, name, what), exit, close);
  }

  private form(): HTMLElement {
    const label = el("label", { for: "message", class: "hidden" }, "Je bericht");
    const send = el("button", { type: "submit", class: "send", "data-testid": "send" }, "Verstuur");
    const form = el("form", {}, label, this.input, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
      this.input.focus();
    });
    this.input.addEventListener("input", () => this.changed());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    return form;
  }

  private submit(): void {
    const text = this.input.value.trim();
    if (text === "") return;
    this.write("");
    this.actions.send(text);
  }

  private changed(): void {
    this.grow();
    this.actions.draft(this.input.value);
  }

  /** The style sheet puts the limit at five lines. */
  private grow(): void {
    const { style } = this.input;
    style.height = "auto";
    if (this.input.scrollHeight > 0) style.height = `${this.input.scrollHeight + 2}px`;
  }
}

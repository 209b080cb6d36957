/** What is in sight while the panel is closed: the button, a line beside it, and the way out once a conversation has begun. */

import { el, icon } from "./dom";

const BUBBLE = "M4 5h16v11H9l-5 4z";
const CROSS = "M6 6l12 12M18 6L6 18";

export interface CornerActions {
  open(): void;
  quiet(): void;
  exit(): void;
}

export function exitButton(exit: () => void): HTMLButtonElement {
  const button = el("button", { type: "button", class: "exit", "data-testid": "exit" }, "Verlaat snel");
  button.title = "Meteen naar een andere site. Of druk twee keer snel op Esc.";
  button.addEventListener("click", exit);
  return button;
}

export class Corner {
  readonly node: HTMLElement;
  private readonly launcher: HTMLButtonElement;
  private readonly exit: HTMLButtonElement;
  private readonly greeting: HTMLElement;

  constructor(title: string, greeting: string, actions: CornerActions) {
    const label = `Praat met ${title}`;
    this.launcher = el("button", {
      type: "button",
      class: "launcher",
      title: label,
      "aria-label": label,
      "aria-haspopup": "dialog",
      "data-testid": "launcher",
    });
    this.launcher.append(icon(BUBBLE));
    this.launcher.addEventListener("click", () => actions.open());
    this.exit = exitButton(() => actions.exit());
    this.greeting = this.makeGreeting(greeting, actions);
    this.greeting.hidden = greeting === "";
    this.node = el("div", { class: "corner", lang: "nl" }, this.greeting, this.exit, this.launcher);
  }

  /** `begun`: there is a conversation that somebody could come upon. */
  show(begun: boolean, quiet: boolean): void {
    this.node.hidden = false;
    this.exit.hidden = !begun;
    if (begun || quiet) this.greeting.hidden = true;
  }

  hide(): void {
    this.node.hidden = true;
  }

  focus(): void {
    this.launcher.focus();
  }

  private makeGreeting(text: string, actions: CornerActions): HTMLElement {
    const say = el("button", { type: "button", class: "say", "data-testid": "greeting" }, text);
    say.addEventListener("click", () => actions.open());
    const away = el("button", { type: "button", class: "away", "aria-label": "Verberg deze regel" });
    away.append(icon(CROSS));
    away.addEventListener("click", () => {
      this.greeting.hidden = true;
      this.focus();
      actions.quiet();
    });
    return el("div", { class: "greeting" }, say, away);
  }
}

/** The draft of an apology with the phrases that weaken it marked; a tap on one tells why. */

import { el } from "./dom";
import type { Review } from "./types";

/** One explanation at a time, under the text; the same phrase again closes it. The log around it is live, so it is read out. */
export function reviewed(review: Review): HTMLElement {
  const characters = Array.from(review.text);
  const why = el("p", { class: "why", "data-testid": "review-why" });
  const buttons: HTMLButtonElement[] = [];
  const text = el("p", { class: "draft" });
  let done = 0;
  for (const mark of review.marks) {
    const button = el(
      "button",
      { type: "button", class: "mark", "aria-expanded": "false", "data-testid": "review-mark" },
      characters.slice(mark.start, mark.end).join(""),
      el("span", { class: "hidden" }, " (waarom?)"),
    );
    button.addEventListener("click", () => {
      const opens = button.getAttribute("aria-expanded") === "false";
      for (const other of buttons) other.setAttribute("aria-expanded", String(opens && other === button));
      why.textContent = opens ? mark.why : "";
    });
    buttons.push(button);
    text.append(characters.slice(done, mark.start).join(""), button);
    done = mark.end;
  }
  text.append(characters.slice(done).join(""));
  const hint = el("p", { class: "hint" }, "Tik op een gemarkeerd stuk voor uitleg.");
  return el("div", { class: "review", role: "group", "aria-label": "Jouw tekst, met uitleg" }, hint, text, why);
}

/** A card to keep: what was agreed or planned, with ways to take it along that need no server. */

import { el } from "./dom";
import type { Card } from "./types";

// Says nothing of what is in it to who looks through the downloads.
const FILE = "notitie.txt";
const CARE = "Wie op dit apparaat kan kijken, kan lezen wat je bewaart.";

export function asPlainText(card: Card): string {
  return [card.title, ...card.rows.map(({ label, text }) => `${label}\n${text}`)].join("\n\n") + "\n";
}

async function copy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return "Gekopieerd.";
  } catch {
    return "Kopiëren mag niet van je browser. Downloaden kan wel.";
  }
}

function download(text: string): string {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  el("a", { href: address, download: FILE }).click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return `Gedownload als ${FILE}.`;
}

function heading(card: Card): HTMLElement {
  return el("h3", {}, card.title);
}

function table(card: Card): HTMLElement {
  const list = el("dl");
  for (const { label, text } of card.rows) list.append(el("div", {}, el("dt", {}, label), el("dd", {}, text)));
  return list;
}

/** From an empty frame, so that only the card is on the paper. */
function print(card: Card): string {
  const frame = el("iframe", { "aria-hidden": "true", tabindex: "-1" });
  frame.style.cssText = "position:fixed;width:0;height:0;border:0;left:-1px";
  document.body.append(frame);
  const page = frame.contentDocument;
  page?.body.append(heading(card), table(card));
  frame.contentWindow?.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow?.print();
  return "";
}

export function cardNode(card: Card): HTMLElement {
  const status = el("p", { class: "hint", role: "status", "data-testid": "card-status" });
  const keep = el("div", { class: "keep", role: "group", "aria-label": `Bewaar: ${card.title}` });
  const ways: [string, string, () => string | Promise<string>][] = [
    ["copy", "Kopieer", () => copy(asPlainText(card))],
    ["download", "Download", () => download(asPlainText(card))],
    ["print", "Print", () => print(card)],
  ];
  for (const [id, name, act] of ways) {
    const button = el("button", { type: "button", "data-testid": `card-${id}` }, name);
    button.addEventListener("click", async () => {
      status.textContent = await act();
    });
    keep.append(button);
  }
  const care = el("p", { class: "hint" }, CARE);
  return el("section", { class: "card", "aria-label": card.title, "data-testid": "card" }, heading(card), table(card), keep, care, status);
}

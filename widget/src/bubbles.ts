/** One message as elements: text, links, help lines, a reviewed draft, a card, image and quick replies. */

import { cardNode } from "./card";
import { el, webAddress } from "./dom";
import { reviewed } from "./review";
import type { Button, Helpline, Message } from "./types";

const WEB = /https?:\/\/[^\s<>"']+/gi;

function link(url: URL, text: string): HTMLAnchorElement {
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** Splits punctuation of the sentence from the end of an address. */
function trimAddress(found: string): string {
  let address = found.replace(/[.,;:!?…»*_]+$/, "");
  while (address.endsWith(")") && !address.includes("(")) {
    address = address.slice(0, -1).replace(/[.,;:!?…»*_]+$/, "");
  }
  return address;
}

/** Text in which web addresses are links. */
export function linked(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let done = 0;
  for (const match of text.matchAll(WEB)) {
    const address = trimAddress(match[0]);
    const url = webAddress(address);
    if (url === null) continue;
    parts.push(text.slice(done, match.index), link(url, address));
    done = match.index + address.length;
  }
  parts.push(text.slice(done));
  return parts.filter((part) => part !== "");
}

function phone(line: Helpline): HTMLAnchorElement | null {
  const digits = (line.tel ?? line.number ?? "").replace(/^tel:/i, "").replace(/[\s().-]/g, "");
  if (!/^\+?\d{3,15}$/.test(digits)) return null;
  const shown = line.number ?? digits;
  return el("a", { href: `tel:${digits}`, "aria-label": `Bel ${line.name}: ${shown}` }, `Bel ${shown}`);
}

function helplineItem(line: Helpline): HTMLLIElement {
  const item = el("li", {}, el("strong", {}, line.name));
  const call = phone(line);
  if (call !== null) item.append(call);
  else if (line.number !== undefined) item.append(el("span", {}, line.number));
  const url = line.url === undefined ? null : webAddress(line.url);
  if (url !== null) {
    const site = link(url, url.hostname.replace(/^www\./, ""));
    site.setAttribute("aria-label", `Website van ${line.name}: ${site.textContent ?? ""}`);
    item.append(site);
  }
  return item;
}

function quickReplies(buttons: Button[], press: (button: Button) => void): HTMLElement {
  const group = el("div", { class: "replies", role: "group", "aria-label": "Kies een antwoord" });
  for (const button of buttons) {
    const node = el("button", { type: "button", "data-testid": "quick-reply" }, button.title);
    node.addEventListener("click", () => press(button));
    group.append(node);
  }
  return group;
}

const TEST_IDS = { user: "message-user", bot: "message-bot", person: "message-person" } as const;

export interface Row {
  node: HTMLElement;
  replies: HTMLElement | null;
}

/** `origin`: images may only come from the chat server itself. */
export function row(
  message: Message,
  title: string,
  origin: string,
  press: (button: Button) => void,
): Row {
  const own = message.from === "user";
  const speaker = own ? "Jij" : message.from === "person" ? (message.name ?? "Medewerker") : title;
  const node = el("div", { class: `row ${message.from}` });
  const label = message.from === "person" ? "speaker" : "hidden";
  node.append(el("span", { class: label }, `${speaker}:`));
  const bubble = el("div", { class: "bubble", "data-testid": TEST_IDS[message.from] });
  if (message.text !== undefined) {
    bubble.append(el("p", {}, ...(own ? [message.text] : linked(message.text))));
  }
  const image = message.image === undefined ? null : webAddress(message.image, origin);
  if (image !== null && image.origin === origin) {
    bubble.append(el("img", { src: image.href, alt: message.alt ?? "Afbeelding" }));
  }
  if (message.helplines !== undefined) {
    const list = el("ul", { class: "helplines", "aria-label": "Hulplijnen" });
    list.append(...message.helplines.map(helplineItem));
    bubble.append(list);
  }
  if (message.card !== undefined) bubble.append(cardNode(message.card));
  if (message.review !== undefined) bubble.append(reviewed(message.review));
  if (bubble.hasChildNodes()) node.append(bubble);
  const replies = message.buttons && !own ? quickReplies(message.buttons, press) : null;
  if (replies !== null) node.append(replies);
  return { node, replies };
}

/** The log of bubbles: which are there, in what state, and which buttons can be pressed. */

import { row } from "./bubbles";
import { el } from "./dom";
import { ownMessage, type Button, type Message, type Outgoing } from "./types";

interface Entry {
  key: string;
  /** Its key once the server has confirmed it. */
  confirmed: string;
  id: string | undefined;
  from: Message["from"] | "refused";
  node: HTMLElement;
  replies: HTMLElement | null;
}

interface Wanted {
  key: string;
  message: Message;
}

const PENDING = "pending:";
/** So close to the end that the reader follows along. */
const NEAR = 80;

const keyOf = ({ id: _, ...shown }: Message): string => JSON.stringify(shown);
const wantedOf = (message: Message): Wanted => ({ key: keyOf(message), message });
const pendingOf = (item: Outgoing): Wanted => ({
  key: PENDING + item.id,
  message: ownMessage(item),
});

export class Log {
  readonly node = el("div", {
    class: "log",
    role: "log",
    "aria-live": "polite",
    "aria-label": "Gesprek",
    tabindex: "0",
    "data-testid": "log",
  });
  private entries: Entry[] = [];

  constructor(
    private readonly title: string,
    private readonly origin: string,
    private readonly press: (button: Button) => void,
  ) {}

  /** Shows exactly these messages; what was already there stays in place, unspoken. */
  show(history: Message[], unsent: Outgoing[]): void {
    const wanted = [...history.map(wantedOf), ...unsent.map(pendingOf)];
    let same = 0;
    while (same < wanted.length && this.entries[same]?.key === wanted[same]?.key) same += 1;
    for (const entry of this.entries.splice(same)) entry.node.remove();
    for (const item of wanted.slice(same)) this.append(item);
    this.settle(true);
  }

  add(message: Message): void {
    // It may have been in the history already, just before it came.
    if (message.id !== undefined && this.entries.some((entry) => entry.id === message.id)) return;
    const left = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight;
    this.append(wantedOf(message));
    this.settle(left < NEAR);
  }

  addOwn(item: Outgoing): void {
    this.append(pendingOf(item));
    this.settle(true);
  }

  delivered(id: string): void {
    const entry = this.find(id);
    if (entry === undefined) return;
    entry.key = entry.confirmed;
    delete entry.node.dataset.state;
  }

  /** The server did not take it: the bubble goes, or stays with a mark. */
  refused(id: string, remove: boolean): void {
    const entry = this.find(id);
    if (entry === undefined) return;
    if (remove) {
      entry.node.remove();
      this.entries = this.entries.filter((other) => other !== entry);
    } else {
      entry.from = "refused";
      entry.key = "";
      entry.node.dataset.state = "refused";
    }
    this.settle(true);
  }

  clear(): void {
    this.entries = [];
    this.node.replaceChildren();
  }

  toEnd(): void {
    this.node.scrollTop = this.node.scrollHeight;
  }

  private append({ key, message }: Wanted): void {
    const { node, replies } = row(message, this.title, this.origin, this.press);
    if (key.startsWith(PENDING)) node.dataset.state = "pending";
    this.node.append(node);
    const { from, id } = message;
    this.entries.push({ key, confirmed: keyOf(message), id, from, node, replies });
  }

  /** Buttons can be pressed until the visitor has said something after them. */
  private settle(scroll: boolean): void {
    let open = true;
    for (const entry of [...this.entries].reverse()) {
      if (entry.from === "user") open = false;
      if (entry.replies !== null) entry.replies.hidden = !open;
    }
    if (scroll) this.toEnd();
  }

  private find(id: string): Entry | undefined {
    return this.entries.find((entry) => entry.key === PENDING + id);
  }
}

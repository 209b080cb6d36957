/** The log of bubbles: which are there, in what state, on what day, and which buttons can be pressed. */

import { row } from "./bubbles";
import { el } from "./dom";
import { ownMessage, type Button, type Message, type Outgoing } from "./types";

interface Entry {
  key: string;
  /** Its key once the server has confirmed it. */
  confirmed: string;
  id: string | undefined;
  from: Message["from"] | "refused";
  /** The day on which it was said. */
  day: string;
  /** The line that tells the day, if this message is the first of it. */
  line: HTMLElement | null;
  node: HTMLElement;
  replies: HTMLElement | null;
}

function remove(entry: Entry): void {
  entry.line?.remove();
  entry.node.remove();
}

interface Wanted {
  key: string;
  message: Message;
}

const PENDING = "pending:";
/** So close to the end that the reader follows along. */
const NEAR = 80;

/** Once, before the first message: on a phone that two people use, it matters to know before writing. */
const NOTE =
  "Kan er iemand meekijken? Met 'Verlaat snel', of twee keer Esc, ben je meteen op een andere site en is dit gesprek weg uit dit " +
  "tabblad. In de geschiedenis van je browser, of met een app die meekijkt, kan te zien blijven dat je hier was.";

const dayOf = (at: number | undefined): string => new Date(at === undefined ? Date.now() : at * 1000).toDateString();

function dayInWords(day: string): string {
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === new Date().toDateString()) return "Vandaag";
  if (day === yesterday.toDateString()) return "Gisteren";
  return new Date(day).toLocaleDateString("nl", { weekday: "long", day: "numeric", month: "long" });
}

const keyOf = ({ id: _, at: __, ...shown }: Message): string => JSON.stringify(shown);
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
  private readonly note = el("p", { class: "note", "data-testid": "leave-note" }, NOTE);
  private entries: Entry[] = [];

  constructor(
    private readonly title: string,
    private readonly origin: string,
    private readonly press: (button: Button) => void,
  ) {
    this.node.append(this.note);
  }

  get empty(): boolean {
    return this.entries.length === 0;
  }

  /** Shows exactly these messages; what was already there stays in place, unspoken. */
  show(history: Message[], unsent: Outgoing[]): void {
    const wanted = [...history.map(wantedOf), ...unsent.map(pendingOf)];
    let same = 0;
    while (same < wanted.length && this.entries[same]?.key === wanted[same]?.key) same += 1;
    for (const entry of this.entries.splice(same)) remove(entry);
    for (const item of wanted.slice(same)) this.append(item);
    this.settle(true);
  }

  add(message: Message): void {
    // It may have been in the history already, just before it came; or it is one's own, and has arrived.
    if (message.id !== undefined && this.entries.some((entry) => entry.id === message.id)) return this.delivered(message.id);
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
  refused(id: string, gone: boolean): void {
    const entry = this.find(id);
    if (entry === undefined) return;
    if (gone) {
      remove(entry);
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
    this.node.replaceChildren(this.note);
  }

  toEnd(): void {
    this.node.scrollTop = this.node.scrollHeight;
  }

  private append({ key, message }: Wanted): void {
    const { node, replies } = row(message, this.title, this.origin, this.press);
    if (key.startsWith(PENDING)) node.dataset.state = "pending";
    const { from, id } = message;
    const day = dayOf(message.at);
    const before = this.entries[this.entries.length - 1]?.day ?? dayOf(undefined);
    const line = day === before ? null : el("p", { class: "day", "data-testid": "day" }, dayInWords(day));
    if (line !== null) this.node.append(line);
    this.node.append(node);
    this.entries.push({ key, confirmed: keyOf(message), id, from, day, line, node, replies });
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
    return this.entries.find((entry) => entry.id === id);
  }
}

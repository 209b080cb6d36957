/** The messages on the wire, and the checks on what comes in. */

export interface Button {
  title: string;
  payload: string;
}

export interface Helpline {
  name: string;
  number?: string;
  tel?: string;
  url?: string;
}

export interface Mark {
  start: number;
  end: number;
  why: string;
}

export interface Review {
  text: string;
  /** In the order of the text; no two overlap. */
  marks: Mark[];
}

export interface Message {
  from: "user" | "bot" | "person";
  /** Optional: of the visitor's own message, if the server gives it back, and of what came without being asked. */
  id?: string;
  /** Of a person. */
  name?: string;
  text?: string;
  buttons?: Button[];
  image?: string;
  helplines?: Helpline[];
  review?: Review;
}

/** A message of the visitor that the server has not confirmed yet. */
export interface Outgoing {
  id: string;
  message: string;
  title?: string;
  /** It has been put on a connection at least once. */
  tried?: boolean;
}

export type Ack = { ok?: boolean; error?: string } | null | undefined;

export interface Config {
  /** Origin of the chat server. */
  server: string;
  title: string;
  color: string;
  open: boolean;
  /** Where "Verlaat snel" goes. */
  exit: string;
}

type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asText(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function asList(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function readButtons(value: unknown): Button[] {
  return asList(value).flatMap((item) => {
    const title = asText(item.title);
    return title === undefined ? [] : [{ title, payload: asText(item.payload) ?? title }];
  });
}

function readHelplines(custom: unknown): Helpline[] {
  if (!isFields(custom)) return [];
  return asList(custom.helplines).flatMap((item) => {
    const name = asText(item.name);
    if (name === undefined) return [];
    const line: Helpline = { name };
    const number = asText(item.number);
    const tel = asText(item.tel);
    const url = asText(item.url);
    if (number !== undefined) line.number = number;
    if (tel !== undefined) line.tel = tel;
    if (url !== undefined) line.url = url;
    return [line];
  });
}

/** The server counts characters, JavaScript code units: an emoji is one of the first and two of the second. */
function readReview(custom: unknown): Review | undefined {
  if (!isFields(custom) || !isFields(custom.review)) return undefined;
  const text = asText(custom.review.text);
  if (text === undefined) return undefined;
  const length = Array.from(text).length;
  const marks: Mark[] = [];
  let done = 0;
  for (const item of asList(custom.review.marks)) {
    const { start, end } = item;
    const why = asText(item.why);
    if (typeof start !== "number" || typeof end !== "number" || why === undefined) continue;
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < done || end <= start || end > length) continue;
    marks.push({ start, end, why });
    done = end;
  }
  return marks.length > 0 ? { text, marks } : undefined;
}

/** A well-formed message, or null if there is nothing to show. */
export function readMessage(value: unknown): Message | null {
  if (!isFields(value)) return null;
  const message: Message = {
    from: value.from === "user" || value.from === "person" ? value.from : "bot",
  };
  const id = asText(value.id);
  const name = asText(value.name);
  const text = asText(value.text);
  const image = asText(value.image);
  const buttons = readButtons(value.buttons);
  const helplines = readHelplines(value.custom);
  const review = readReview(value.custom);
  if (id !== undefined) message.id = id;
  if (name !== undefined && message.from === "person") message.name = name;
  if (text !== undefined) message.text = text;
  if (image !== undefined) message.image = image;
  if (buttons.length > 0) message.buttons = buttons;
  if (helplines.length > 0) message.helplines = helplines;
  if (review !== undefined) message.review = review;
  const shown = [text, image, review].some((part) => part !== undefined);
  const empty = !shown && !buttons.length && !helplines.length;
  return empty ? null : message;
}

export function readMessages(value: unknown): Message[] {
  return Array.isArray(value)
    ? value.map(readMessage).filter((item): item is Message => item !== null)
    : [];
}

/** What the visitor sees of an own message. */
export function ownMessage(item: Outgoing): Message {
  return { from: "user", id: item.id, text: item.title ?? item.message };
}

const squeeze = (text: string | undefined): string => (text ?? "").replace(/\s+/g, " ").trim();

/**
 * The queued messages that the history does not hold yet. A message can have reached the server
 * while its acknowledgement was lost; it is then known by its id, or else by its text among the
 * visitor's latest messages.
 */
export function notInHistory(queue: Outgoing[], history: Message[]): Outgoing[] {
  const own = history.filter((item) => item.from === "user");
  const ids = new Set(own.map((item) => item.id).filter((id) => id !== undefined));
  const latest = own
    .slice(-queue.length)
    .filter((item) => item.id === undefined)
    .map((item) => squeeze(item.text));
  return queue.filter((item) => {
    if (ids.has(item.id)) return false;
    if (!item.tried) return true;
    const at = latest.indexOf(squeeze(item.title ?? item.message));
    if (at < 0) return true;
    latest.splice(0, at + 1);
    return false;
  });
}

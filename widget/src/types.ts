/** What the widget shows and sends. */

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

/** Something to keep: a plan, an agreement. */
export interface Card {
  title: string;
  rows: { label: string; text: string }[];
}

export interface Review {
  text: string;
  /** In the order of the text; no two overlap. */
  marks: Mark[];
}

export interface Message {
  from: "user" | "bot" | "person";
  /** Of the visitor's own message, and of what came without being asked. */
  id?: string;
  /** When, in seconds since 1970. */
  at?: number;
  /** Of a person. */
  name?: string;
  text?: string;
  buttons?: Button[];
  image?: string;
  /** What is to be seen on the image. */
  alt?: string;
  card?: Card;
  helplines?: Helpline[];
  review?: Review;
}

/** A message of the visitor that the server has not confirmed yet. */
export interface Outgoing {
  id: string;
  message: string;
  title?: string;
}

export type Ack = { ok?: boolean; error?: string } | null | undefined;

export interface Config {
  /** Origin of the chat server. */
  server: string;
  title: string;
  color: string;
  open: boolean;
  /** A line beside the button, or none. */
  greeting: string;
  side: "left" | "right";
  /** Whose helplines are shown; null leaves it to the server. */
  country: "nl" | "be" | null;
  /** Where "Verlaat snel" goes. */
  exit: string;
}

/** What the visitor sees of an own message. */
export function ownMessage(item: Outgoing): Message {
  return { from: "user", id: item.id, at: Date.now() / 1000, text: item.title ?? item.message };
}

/** The queued messages that the history does not hold yet: an acknowledgement can be lost where the message was not. */
export function notInHistory(queue: Outgoing[], history: Message[]): Outgoing[] {
  const known = new Set(history.map((item) => item.id));
  return queue.filter((item) => !known.has(item.id));
}

/** The checks on what comes in: whatever does not have the shape that is shown is left out. */

import type { Button, Card, Helpline, Mark, Message, Review } from "./types";

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

function readCard(custom: unknown): Card | undefined {
  if (!isFields(custom) || !isFields(custom.card)) return undefined;
  const title = asText(custom.card.title);
  const rows = asList(custom.card.rows).flatMap((item) => {
    const label = asText(item.label);
    const text = asText(item.text);
    return label === undefined || text === undefined ? [] : [{ label, text }];
  });
  return title === undefined || rows.length === 0 ? undefined : { title, rows };
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
  const alt = asText(value.alt);
  const helplines = readHelplines(value.custom);
  const card = readCard(value.custom);
  const review = readReview(value.custom);
  if (id !== undefined) message.id = id;
  if (name !== undefined && message.from === "person") message.name = name;
  if (text !== undefined) message.text = text;
  if (typeof value.at === "number") message.at = value.at;
  if (image !== undefined) message.image = image;
  if (alt !== undefined) message.alt = alt;
  if (card !== undefined) message.card = card;
  if (buttons.length > 0) message.buttons = buttons;
  if (helplines.length > 0) message.helplines = helplines;
  if (review !== undefined) message.review = review;
  const shown = [text, image, review, card].some((part) => part !== undefined);
  const empty = !shown && !buttons.length && !helplines.length;
  return empty ? null : message;
}

export function readMessages(value: unknown): Message[] {
  return Array.isArray(value)
    ? value.map(readMessage).filter((item): item is Message => item !== null)
    : [];
}

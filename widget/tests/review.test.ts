import { describe, expect, it } from "vitest";
import { row } from "../src/bubbles";
import { readMessage } from "../src/reading";

const TEXT = "😢 Sorry lief, maar jij begon. Zo erg was het niet.";
const at = (phrase: string): { start: number; end: number } => {
  const start = Array.from(TEXT.slice(0, TEXT.indexOf(phrase))).length;
  return { start, end: start + phrase.length };
};
const marks = [
  { ...at("maar jij begon"), kind: "but_excuse", why: "Blijf bij je spijt." },
  { ...at("Zo erg was het niet"), kind: "minimise", why: "Laat het groot zijn." },
];
const shown = (custom: unknown): HTMLElement => {
  const message = readMessage({ from: "bot", text: "Dit kan nog eerlijker.", custom })!;
  return row(message, "Eerste Stap", "https://chat.example", () => undefined).node;
};
const all = (node: HTMLElement, id: string): HTMLElement[] => [...node.querySelectorAll<HTMLElement>(`[data-testid=${id}]`)];

describe("a reviewed draft", () => {
  it("is shown whole, with the weak phrases as buttons", () => {
    const node = shown({ review: { text: TEXT, marks } });
    const phrases = all(node, "review-mark");
    expect(phrases.map((phrase) => phrase.firstChild!.textContent)).toEqual(["maar jij begon", "Zo erg was het niet"]);
    expect(phrases.every((phrase) => phrase.tagName === "BUTTON")).toBe(true);
    expect(node.querySelector(".draft")!.textContent!.replace(/ \(waarom\?\)/g, "")).toBe(TEXT);
  });

  it("tells why on a tap, one phrase at a time, and closes on the second tap", () => {
    const node = shown({ review: { text: TEXT, marks } });
    const [first, second] = all(node, "review-mark") as [HTMLElement, HTMLElement];
    const why = all(node, "review-why")[0]!;
    first.click();
    expect([why.textContent, first.getAttribute("aria-expanded")]).toEqual(["Blijf bij je spijt.", "true"]);
    second.click();
    expect([why.textContent, first.getAttribute("aria-expanded")]).toEqual(["Laat het groot zijn.", "false"]);
    second.click();
    expect([why.textContent, second.getAttribute("aria-expanded")]).toEqual(["", "false"]);
  });

  it("is never read as markup", () => {
    const text = "<b>sorry</b>";
    const node = shown({ review: { text, marks: [{ start: 0, end: 3, why: "<img src=x>" }] } });
    all(node, "review-mark")[0]!.click();
    expect(node.querySelector("b, img")).toBeNull();
  });

  it("is left out when no mark fits the text", () => {
    const wrong = [{ start: 5, end: 2, why: "x" }, { start: 0, end: 999, why: "x" }, { start: 0.5, end: 2, why: "x" }, { start: 0, end: 2 }];
    for (const review of [{ text: TEXT, marks: wrong }, { text: TEXT }, { marks }, "x"]) {
      expect(shown({ review }).querySelector(".review")).toBeNull();
    }
  });

  it("leaves out a mark that overlaps the one before", () => {
    const node = shown({ review: { text: TEXT, marks: [marks[0], { ...marks[0], why: "nog eens" }, marks[1]] } });
    expect(all(node, "review-mark")).toHaveLength(2);
  });
});

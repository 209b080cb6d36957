import { beforeEach, describe, expect, it, vi } from "vitest";
import { row } from "../src/bubbles";
import { asPlainText } from "../src/card";
import { readMessage } from "../src/reading";

const ORIGIN = "https://chat.example";
const card = {
  title: "Je plan",
  rows: [
    { label: "Wanneer", text: "zaterdag na het eten" },
    { label: "Je eerste zin", text: "Ik wil je iets zeggen.\nMag dat?" },
  ],
};
const shown = (custom: object): HTMLElement =>
  row(readMessage({ from: "bot", custom })!, "Eerste Stap", ORIGIN, vi.fn()).node;
const part = (node: HTMLElement, id: string): HTMLElement => node.querySelector<HTMLElement>(`[data-testid=${id}]`)!;

beforeEach(() => document.body.replaceChildren());

describe("a card", () => {
  it("is a title with labels and texts, never markup", () => {
    const node = shown({ card: { title: "<b>Plan</b>", rows: [{ label: "<i>Wat</i>", text: "<img src=x>" }] } });
    expect(node.querySelector("h3")!.textContent).toBe("<b>Plan</b>");
    expect([...node.querySelectorAll("dt, dd")].map((item) => item.textContent)).toEqual(["<i>Wat</i>", "<img src=x>"]);
    expect(node.querySelector("b, i, img")).toBeNull();
  });

  it("leaves out rows without the right shape, and is left out without any", () => {
    expect(shown({ card: { ...card, rows: [...card.rows, { label: "x" }, 3, null] } }).querySelectorAll("dt")).toHaveLength(2);
    for (const wrong of [{ title: "x", rows: [] }, { rows: card.rows }, { title: "x" }, "x", null]) {
      expect(readMessage({ from: "bot", custom: { card: wrong } })).toBeNull();
    }
  });

  it("can be read as plain text", () => {
    expect(asPlainText(card)).toBe(
      "Je plan\n\nWanneer\nzaterdag na het eten\n\nJe eerste zin\nIk wil je iets zeggen.\nMag dat?\n",
    );
  });

  it("can be copied, and says so when the browser refuses", async () => {
    const write = vi.fn().mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error("no"));
    vi.stubGlobal("navigator", { clipboard: { writeText: write } });
    const node = shown({ card });
    part(node, "card-copy").click();
    await vi.waitFor(() => expect(part(node, "card-status").textContent).toBe("Gekopieerd."));
    expect(write).toHaveBeenCalledWith(asPlainText(card));
    part(node, "card-copy").click();
    await vi.waitFor(() => expect(part(node, "card-status").textContent).toContain("mag niet"));
    vi.unstubAllGlobals();
  });
});

describe("a picture", () => {
  const image = (more: object): HTMLImageElement | null =>
    row(readMessage({ from: "bot", image: "/radar/x.png", ...more })!, "Eerste Stap", ORIGIN, vi.fn()).node.querySelector("img");

  it("comes from the chat server, also with a short address, and has words for who can't see it", () => {
    expect(image({ alt: "Luisteren 7, herstel 4" })).toMatchObject({ src: `${ORIGIN}/radar/x.png`, alt: "Luisteren 7, herstel 4" });
    expect(image({})!.alt).toBe("Afbeelding");
    for (const elsewhere of ["//evil.example/x.png", "data:image/png;base64,AA", "javascript:alert(1)"]) {
      expect(image({ image: elsewhere })).toBeNull();
    }
  });
});

import { describe, expect, it } from "vitest";
import { hexColor, textOn } from "../src/styles";
import { readMessage, readMessages } from "../src/reading";
import { notInHistory } from "../src/types";

describe("readMessage", () => {
  it("takes over what it knows and drops the rest", () => {
    expect(
      readMessage({
        from: "bot",
        text: "Hoi",
        buttons: [{ title: "Ja", payload: "/ja" }, { payload: "/x" }, 3],
        custom: { helplines: [{ name: "113", tel: "113" }, {}] },
        extra: 1,
      }),
    ).toEqual({
      from: "bot",
      text: "Hoi",
      buttons: [{ title: "Ja", payload: "/ja" }],
      helplines: [{ name: "113", tel: "113" }],
    });
  });

  it("gives null for nothing to show", () => {
    expect(readMessages([null, "x", {}, { from: "bot", text: " " }])).toEqual([]);
    expect(readMessages("x")).toEqual([]);
  });
});

describe("notInHistory", () => {
  const item = { id: "a", message: "Ik ben boos" };

  it("finds a message whose acknowledgement was lost", () => {
    expect(notInHistory([item], [{ from: "user", id: "a", text: "anders" }])).toEqual([]);
  });

  it("keeps what the server does not have, also when the same words were said before", () => {
    expect(notInHistory([item], [])).toEqual([item]);
    expect(notInHistory([item], [{ from: "user", id: "z", text: "Ik ben boos" }, { from: "bot", text: "Oké" }])).toEqual([item]);
  });
});

describe("colours", () => {
  it("reads hex colours only", () => {
    expect(hexColor("#ABC")).toBe("#aabbcc");
    expect(hexColor("red; } * { color: blue")).toBe("#2f6f73");
    expect(hexColor(undefined)).toBe("#2f6f73");
  });

  it("picks a readable text colour", () => {
    expect(textOn("#2f6f73")).toBe("#ffffff");
    expect(textOn("#ffd400")).toBe("#000000");
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { Memory } from "../src/storage";

beforeEach(() => sessionStorage.clear());

describe("Memory", () => {
  it("keeps session, draft and queue over a reload", () => {
    const before = new Memory();
    before.session = "s-1";
    before.draft = "half een zin";
    before.queue = [{ id: "a", message: "/ja", title: "Ja" }];
    const after = new Memory();
    expect(after.session).toBe("s-1");
    expect(after.draft).toBe("half een zin");
    expect(after.queue).toEqual([{ id: "a", message: "/ja", title: "Ja" }]);
    expect(sessionStorage.getItem("eerste-stap.session")).toBe("s-1");
  });

  it("removes a key that has become empty", () => {
    const memory = new Memory();
    memory.session = "s-1";
    memory.draft = "x";
    memory.queue = [{ id: "a", message: "hoi" }];
    memory.session = null;
    memory.draft = "";
    memory.queue = [];
    expect(sessionStorage.length).toBe(0);
  });

  it("clears its own keys and nothing of the site", () => {
    sessionStorage.setItem("site", "1");
    sessionStorage.setItem("eerste-stap.old", "1");
    const memory = new Memory();
    memory.session = "s-1";
    memory.draft = "x";
    memory.clear();
    expect(Object.keys(sessionStorage)).toEqual(["site"]);
    expect(memory.session).toBeNull();
  });

  it("survives a broken queue", () => {
    sessionStorage.setItem("eerste-stap.queue", "{");
    expect(new Memory().queue).toEqual([]);
    sessionStorage.setItem("eerste-stap.queue", '[1, {"id": "a"}, {"id": "b", "message": "hoi"}]');
    expect(new Memory().queue).toEqual([{ id: "b", message: "hoi" }]);
  });

  it("works without storage", () => {
    const memory = new Memory(null);
    memory.session = "s-1";
    memory.draft = "x";
    expect(memory.session).toBe("s-1");
    memory.clear();
    expect(memory.session).toBeNull();
    expect(memory.draft).toBe("");
  });

  it("works when the storage is full", () => {
    const full = {
      getItem: () => "oud",
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    } as unknown as Storage;
    const memory = new Memory(full);
    memory.draft = "nieuw";
    expect(memory.draft).toBe("nieuw");
  });
});

import { beforeEach, describe, expect, it, vi } from "vitest";
import { readMessage } from "../src/reading";
import type { Message } from "../src/types";
import { View, type Actions } from "../src/view";

const ORIGIN = "https://chat.example";
let actions: { [name in keyof Actions]: ReturnType<typeof vi.fn> };
let view: View;

const all = (id: string): HTMLElement[] => [
  ...view.panel.querySelectorAll<HTMLElement>(`[data-testid=${id}]`),
];
const texts = (id: string): (string | null)[] => all(id).map((node) => node.textContent);
const open = (): HTMLElement[] => all("quick-reply").filter((node) => !node.closest("[hidden]"));
const input = (): HTMLTextAreaElement => all("input")[0] as HTMLTextAreaElement;
const bot = (text: string, more: object = {}): Message => readMessage({ from: "bot", text, ...more })!;
const user = (text: string): Message => ({ from: "user", text });
const enter = (init: KeyboardEventInit = {}): void => {
  input().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true, ...init }));
};

beforeEach(() => {
  actions = { send: vi.fn(), press: vi.fn(), draft: vi.fn(), close: vi.fn(), exit: vi.fn() };
  view = new View("Eerste Stap", ORIGIN, actions);
  document.body.replaceChildren(view.panel);
  view.panel.hidden = false;
});

describe("text", () => {
  it("is never read as markup", () => {
    const evil = '<img src=x onerror="alert(1)"><b>hoi</b>';
    view.show([bot(evil), user(evil)], []);
    view.add({ from: "person", text: evil });
    expect(texts("message-bot")).toEqual([evil]);
    expect(texts("message-user")).toEqual([evil]);
    expect(view.panel.querySelector("img, b")).toBeNull();
  });

  it("keeps its line breaks", () => {
    view.add(bot("een\n\ntwee"));
    expect(texts("message-bot")).toEqual(["een\n\ntwee"]);
  });
});

describe("links", () => {
  it("are made of web addresses in bot text, without the full stop", () => {
    view.add(bot("Kijk op https://www.113.nl. Of (http://a.nl/b?c=1&d=2)!"));
    const links = [...all("message-bot")[0]!.querySelectorAll("a")];
    expect(links.map((link) => link.href)).toEqual(["https://www.113.nl/", "http://a.nl/b?c=1&d=2"]);
    expect(links.map((link) => link.target)).toEqual(["_blank", "_blank"]);
    expect(links.map((link) => link.rel)).toEqual(["noopener noreferrer", "noopener noreferrer"]);
    expect(texts("message-bot")).toEqual(["Kijk op https://www.113.nl. Of (http://a.nl/b?c=1&d=2)!"]);
  });

  it("are not made of anything else", () => {
    view.show([bot("javascript:alert(1) data:text/html,x ftp://x.nl"), user("https://x.nl")], []);
    expect(view.panel.querySelector("a")).toBeNull();
  });

  it("make help lines tappable", () => {
    const helplines = [
      { name: "Veilig Thuis", number: "0800-2000", tel: "tel:08002000", url: "https://www.veiligthuis.nl/" },
      { name: "Kwaad", tel: "1;x", url: "javascript:alert(1)" },
    ];
    view.add(bot("Bel iemand.", { custom: { helplines } }));
    const links = [...view.panel.querySelectorAll<HTMLAnchorElement>(".helplines a")];
    expect(links.map((link) => link.href)).toEqual(["tel:08002000", "https://www.veiligthuis.nl/"]);
    expect(links.map((link) => link.textContent)).toEqual(["Bel 0800-2000", "veiligthuis.nl"]);
  });

  it("show images of the chat server only", () => {
    view.add(bot("a", { image: `${ORIGIN}/x.png` }));
    view.add(bot("b", { image: "https://elders.example/x.png" }));
    expect([...view.panel.querySelectorAll("img")].map((image) => image.src)).toEqual([`${ORIGIN}/x.png`]);
  });
});

describe("a person", () => {
  const person = readMessage({ from: "person", name: "Lilia", text: "Ik ben er.", id: "7" })!;
  const names = (): (string | null)[] => [...view.panel.querySelectorAll(".speaker")].map((node) => node.textContent);

  it("is shown by name, and a bot never is", () => {
    view.add(person);
    view.add(bot("hoi", { name: "Lilia" }));
    expect(texts("message-person")).toEqual(["Ik ben er."]);
    expect(names()).toEqual(["Lilia:"]);
    view.add(readMessage({ from: "person", text: "Zonder naam" })!);
    expect(names()).toEqual(["Lilia:", "Medewerker:"]);
  });

  it("says a thing once, also when it comes right after the history that has it", () => {
    view.show([bot("hoi"), person], []);
    view.add(person);
    expect(texts("message-person")).toEqual(["Ik ben er."]);
    view.add({ ...person, id: "8" });
    expect(texts("message-person")).toEqual(["Ik ben er.", "Ik ben er."]);
  });
});

describe("buttons", () => {
  const buttons = [
    { title: "Ja, graag", payload: "/affirm" },
    { title: "Nee", payload: "/deny" },
  ];

  it("report what was pressed", () => {
    view.add(bot("Zullen we?", { buttons }));
    open()[0]!.click();
    expect(actions.press).toHaveBeenCalledWith({ title: "Ja, graag", payload: "/affirm" });
  });

  it("go once the visitor has spoken, and come back if that was refused", () => {
    view.add(bot("Zullen we?", { buttons }));
    const item = { id: "1", message: "/affirm", title: "Ja, graag" };
    view.addOwn(item);
    expect(texts("message-user")).toEqual(["Ja, graag"]);
    expect(open()).toHaveLength(0);
    view.refused(item, "Te druk.");
    expect(open()).toHaveLength(2);
    expect(texts("message-user")).toEqual([]);
    expect(view.panel.querySelector("[role=alert]")!.textContent).toBe("Te druk.");
  });

  it("in the history: only those after the visitor's last words", () => {
    view.show([bot("a", { buttons }), user("Ja"), bot("b", { buttons }), bot("c")], []);
    expect(all("quick-reply")).toHaveLength(4);
    expect(open()).toHaveLength(2);
  });
});

describe("log", () => {
  it("shows exactly the history and what is unsent", () => {
    view.add(bot("oud"));
    view.show([bot("hoi"), user("dag")], [{ id: "1", message: "/x", title: "Later" }]);
    expect(texts("message-bot")).toEqual(["hoi"]);
    expect(texts("message-user")).toEqual(["dag", "Later"]);
  });

  it("leaves in place what is already there", () => {
    view.show([bot("hoi")], []);
    view.addOwn({ id: "1", message: "dag" });
    view.delivered("1");
    const before = [...all("message-bot"), ...all("message-user")];
    view.show([bot("hoi"), { ...user("dag"), id: "1" }, bot("en?")], []);
    expect([...all("message-bot").slice(0, 1), ...all("message-user")]).toEqual(before);
    expect(all("message-bot")).toHaveLength(2);
  });

  it("can be cleared, and goes on after that", () => {
    view.add(bot("geheim"));
    view.clear();
    view.add(bot("Alles is gewist."));
    expect(texts("message-bot")).toEqual(["Alles is gewist."]);
  });
});

describe("days", () => {
  const days = (): (string | null)[] => texts("day");
  const on = (date: string): number => new Date(date).getTime() / 1000;
  const now = (): number => Date.now() / 1000;

  it("stand between messages of different days, and not above what is all of today", () => {
    view.show([{ ...bot("a"), at: now() }, { ...bot("b"), at: now() }], []);
    expect(days()).toEqual([]);
    view.show([{ ...bot("x"), at: on("2026-03-03T22:00") }, { ...bot("b"), at: on("2026-03-03T23:00") }, { ...bot("c"), at: now() - 86_400 }], []);
    view.add(bot("d"));
    expect(days()).toEqual(["dinsdag 3 maart", "Gisteren", "Vandaag"]);
  });

  it("go with the message that they stand above", () => {
    view.show([{ ...bot("a"), at: on("2026-03-03T22:00") }, bot("b")], []);
    view.show([bot("b")], []);
    expect(days()).toEqual([]);
  });

  it("are no reason to show a message anew", () => {
    view.add(bot("a"));
    const before = all("message-bot");
    view.show([{ ...bot("a"), at: now() - 1 }], []);
    expect(all("message-bot")).toEqual(before);
  });
});

describe("two tabs", () => {
  it("what was said in the other one is shown, and one's own not twice", () => {
    view.addOwn({ id: "1", message: "hier" });
    expect(all("message-user")[0]!.closest<HTMLElement>(".row")!.dataset.state).toBe("pending");
    view.add({ from: "user", id: "1", text: "hier" });
    expect(all("message-user")[0]!.closest<HTMLElement>(".row")!.dataset.state).toBeUndefined();
    view.add({ from: "user", id: "2", text: "daar" });
    expect(texts("message-user")).toEqual(["hier", "daar"]);
  });
});

describe("what leaving fast can't do", () => {
  it("is told once, at the top, and stays there", () => {
    view.add(bot("hoi"));
    view.clear();
    view.add(bot("dag"));
    expect(texts("leave-note")).toHaveLength(1);
    expect(texts("leave-note")[0]).toMatch(/geschiedenis/);
    expect(view.panel.querySelector(".log")!.firstElementChild).toBe(all("leave-note")[0]);
  });
});

describe("box", () => {
  it("sends on Enter, not on Shift+Enter nor while composing", () => {
    view.write("  hoi\n");
    enter({ shiftKey: true });
    enter({ isComposing: true });
    expect(actions.send).not.toHaveBeenCalled();
    enter();
    expect(actions.send).toHaveBeenCalledWith("hoi");
    expect(input().value).toBe("");
    expect(actions.draft).toHaveBeenLastCalledWith("");
    enter();
    expect(actions.send).toHaveBeenCalledTimes(1);
  });

  it("gets refused text back, unless there is new text", () => {
    view.addOwn({ id: "1", message: "hoi" });
    view.refused({ id: "1", message: "hoi" }, "Dat lukte niet.");
    expect(input().value).toBe("hoi");
    view.addOwn({ id: "2", message: "dag" });
    view.refused({ id: "2", message: "dag" }, "Dat lukte niet.");
    expect(input().value).toBe("hoi");
    expect(texts("message-user")).toEqual(["dag"]);
  });

  it("has a label, a limit and a way out", () => {
    expect(view.panel.querySelector("label")!.htmlFor).toBe(input().id);
    expect(input().maxLength).toBe(4000);
    all("exit")[0]!.click();
    expect(actions.exit).toHaveBeenCalled();
  });
});

describe("status", () => {
  it("tells about typing and a lost connection", () => {
    const status = (): string =>
      [...view.panel.querySelectorAll("[role=status]")].map((node) => node.textContent).join("|");
    view.setTyping(true);
    expect(status()).toBe("Eerste Stap schrijft…|");
    view.setOnline(false);
    expect(status()).toBe("|Geen verbinding. Ik probeer het opnieuw; wat je schreef blijft bewaard.");
    view.setOnline(true);
    expect(status()).toBe("|");
  });

  it("tells that a person writes, until they stop or have written", () => {
    vi.useFakeTimers();
    const typing = (): string => view.panel.querySelector("[role=status]")!.textContent!;
    view.setTyping(true, "Lilia");
    expect(typing()).toBe("Lilia schrijft…");
    vi.advanceTimersByTime(10_000);
    expect(typing()).toBe("");
    view.setTyping(true, "Lilia");
    view.add({ from: "person", name: "Lilia", text: "Hoi" });
    expect(typing()).toBe("");
    vi.useRealTimers();
  });
});

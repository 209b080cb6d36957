import { beforeEach, describe, expect, it, vi } from "vitest";
import { Corner } from "../src/corner";

const actions = { open: vi.fn(), quiet: vi.fn(), exit: vi.fn() };
const made = (greeting = "Is er iets gebeurd?"): Corner => {
  const corner = new Corner("Eerste Stap", greeting, actions);
  document.body.replaceChildren(corner.node);
  return corner;
};
const seen = (selector: string): boolean => {
  const node = document.querySelector(selector);
  return node !== null && node.closest("[hidden]") === null;
};

beforeEach(() => vi.clearAllMocks());

describe("the corner", () => {
  it("invites with the site's line, as text", () => {
    made("<b>Hoi</b>").show(false, false);
    expect(document.querySelector(".say")!.textContent).toBe("<b>Hoi</b>");
    document.querySelector<HTMLElement>(".say")!.click();
    expect(actions.open).toHaveBeenCalled();
  });

  it("has no line where the site gave none, it was put away, or a conversation has begun", () => {
    made("").show(false, false);
    expect(seen(".greeting")).toBe(false);
    made().show(false, true);
    expect(seen(".greeting")).toBe(false);
    made().show(true, false);
    expect(seen(".greeting")).toBe(false);
    made().show(false, false);
    document.querySelector<HTMLElement>(".away")!.click();
    expect(seen(".greeting")).toBe(false);
    expect(actions.quiet).toHaveBeenCalled();
  });

  it("offers the way out once a conversation has begun", () => {
    const corner = made();
    corner.show(false, false);
    expect(seen(".exit")).toBe(false);
    corner.show(true, false);
    expect(seen(".exit")).toBe(true);
    document.querySelector<HTMLElement>(".exit")!.click();
    expect(actions.exit).toHaveBeenCalled();
  });
});

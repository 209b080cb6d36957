/** What the widget remembers, in sessionStorage only: gone when the tab closes. */

import { isFields } from "./reading";
import type { Outgoing } from "./types";

const PREFIX = "eerste-stap.";
const SESSION = `${PREFIX}session`;
const DRAFT = `${PREFIX}draft`;
const QUEUE = `${PREFIX}queue`;
const QUIET = `${PREFIX}quiet`;

/** sessionStorage can be switched off; reading the property alone can then throw. */
function browserStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function isOutgoing(value: unknown): value is Outgoing {
  return (
    isFields(value) &&
    typeof value.id === "string" &&
    typeof value.message === "string" &&
    (value.title === undefined || typeof value.title === "string")
  );
}

export class Memory {
  /** Takes over where the browser refuses to store. */
  private readonly fallback = new Map<string, string>();

  constructor(private readonly area: Storage | null = browserStorage()) {}

  get session(): string | null {
    return this.read(SESSION);
  }

  set session(id: string | null) {
    this.write(SESSION, id);
  }

  get draft(): string {
    return this.read(DRAFT) ?? "";
  }

  set draft(text: string) {
    this.write(DRAFT, text === "" ? null : text);
  }

  /** The line beside the button was put away. */
  get quiet(): boolean {
    return this.read(QUIET) !== null;
  }

  set quiet(quiet: boolean) {
    this.write(QUIET, quiet ? "1" : null);
  }

  get queue(): Outgoing[] {
    try {
      const value: unknown = JSON.parse(this.read(QUEUE) ?? "[]");
      return Array.isArray(value) ? value.filter(isOutgoing) : [];
    } catch {
      return [];
    }
  }

  set queue(items: Outgoing[]) {
    this.write(QUEUE, items.length === 0 ? null : JSON.stringify(items));
  }

  /** Leaves no trace: removes every key of the widget, also those of an older version. */
  clear(): void {
    this.fallback.clear();
    try {
      const area = this.area;
      if (area === null) return;
      const keys = Array.from({ length: area.length }, (_, index) => area.key(index));
      for (const key of keys) if (key?.startsWith(PREFIX)) area.removeItem(key);
    } catch {
      // Nothing was stored.
    }
  }

  private read(key: string): string | null {
    const held = this.fallback.get(key);
    if (held !== undefined) return held;
    try {
      return this.area?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  private write(key: string, value: string | null): void {
    this.fallback.delete(key);
    try {
      if (this.area === null) throw new Error("no storage");
      if (value === null) this.area.removeItem(key);
      else this.area.setItem(key, value);
    } catch {
      if (value !== null) this.fallback.set(key, value);
    }
  }
}

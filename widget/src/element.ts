/** <eerste-stap>: ties the view, the connection and the memory together. */

import { Connection } from "./connection";
import { Corner } from "./corner";
import { Memory } from "./storage";
import { addStyles, textOn } from "./styles";
import type { Config, Message, Outgoing } from "./types";
import { View } from "./view";

const DOUBLE_ESC_MS = 600;
const FULL_SCREEN = "(max-width: 480px), (max-height: 420px)";

export class EersteStap extends HTMLElement {
  config: Config | null = null;
  private readonly memory = new Memory();
  private connection: Connection | null = null;
  private view: View | null = null;
  private corner: Corner | null = null;
  private lastEsc = -Infinity;
  /** The log was erased, and nothing was said by the visitor since. */
  private erased = false;

  connectedCallback(): void {
    const config = this.config;
    if (config === null || this.shadowRoot !== null) return;
    const root = this.attachShadow({ mode: "open" });
    this.style.setProperty("--accent", config.color);
    this.style.setProperty("--on-accent", textOn(config.color));
    this.dataset.side = config.side;
    this.corner = this.makeCorner(config);
    this.view = this.makeView(config);
    root.append(this.corner.node, this.view.panel);
    addStyles(root);
    this.connection = this.makeConnection(config, this.view);
    this.view.write(this.memory.draft);
    this.view.show([], [...this.connection.unsent]);
    this.view.panel.addEventListener("keydown", this.onTab);
    document.addEventListener("keydown", this.onEsc, true);
    window.visualViewport?.addEventListener("resize", this.onResize);
    window.visualViewport?.addEventListener("scroll", this.onResize);
    this.corner.show(this.begun, this.memory.quiet);
    if (config.open) this.open();
  }

  disconnectedCallback(): void {
    this.connection?.stop();
    document.removeEventListener("keydown", this.onEsc, true);
    window.visualViewport?.removeEventListener("resize", this.onResize);
    window.visualViewport?.removeEventListener("scroll", this.onResize);
  }

  open(): void {
    if (this.view === null || this.corner === null) return;
    const { panel } = this.view;
    panel.hidden = false;
    panel.setAttribute("aria-modal", String(window.matchMedia(FULL_SCREEN).matches));
    this.corner.hide();
    this.onResize();
    this.view.opened();
    this.connection?.start();
  }

  close(): void {
    if (this.view === null || this.corner === null) return;
    this.view.panel.hidden = true;
    this.corner.show(this.begun, this.memory.quiet);
    this.corner.focus();
  }

  private get begun(): boolean {
    return this.memory.session !== null || this.memory.queue.length > 0 || this.memory.draft !== "";
  }

  /** Away at once: nothing of the talk stays on the screen, in the tab or in its history. */
  exit(): void {
    const target = this.config?.exit;
    // The old page stays in sight while the new one loads.
    document.documentElement.style.setProperty("display", "none", "important");
    document.title = "Laden…";
    this.connection?.leave();
    this.memory.clear();
    this.remove();
    if (target !== undefined) window.location.replace(target);
  }

  /** Somebody left fast in another tab of the same conversation: this one must not go on showing it. */
  private left(): void {
    this.connection?.stop();
    this.memory.clear();
    this.view?.forget();
    if (this.view === null || this.corner === null) return;
    this.view.panel.hidden = true;
    this.corner.show(false, true);
  }

  private makeCorner(config: Config): Corner {
    return new Corner(config.title, config.greeting, {
      open: () => this.open(),
      quiet: () => {
        this.memory.quiet = true;
      },
      exit: () => this.exit(),
    });
  }

  private makeView(config: Config): View {
    return new View(config.title, config.server, {
      send: (text) => this.send(text),
      press: ({ payload, title }) => this.send(payload, title),
      draft: (text) => {
        this.memory.draft = text;
      },
      close: () => this.close(),
      exit: () => this.exit(),
    });
  }

  private makeConnection(config: Config, view: View): Connection {
    return new Connection(config.server, config.country, this.memory, {
      confirmed: (history, queue, plain) => this.confirmed(history, queue, plain),
      uttered: (message) => view.add(message),
      typing: (on, person) => view.setTyping(on, person),
      erased: () => {
        this.erased = true;
        view.clear();
      },
      left: () => this.left(),
      failed: (text) => view.setNotice(text),
      online: (on) => view.setOnline(on),
      delivered: (id) => view.delivered(id),
      refused: (item, error) => view.refused(item, error),
    });
  }

  private send(message: string, title?: string): void {
    const item = this.connection?.send(message, title);
    if (item !== undefined) this.view?.addOwn(item);
  }

  private confirmed(history: Message[] | null, queue: Outgoing[], plain: string): void {
    this.view?.setTyping(false);
    if (history === null) {
      // It can't be read now: what is in sight stays, and nobody is left without the numbers.
      if (this.view?.empty) this.view.add({ from: "bot", text: plain });
      return;
    }
    // The new session after an erasure has nothing to show: what the bot said about it stays.
    const keep = this.erased && history.length === 0;
    this.erased = this.erased && keep && queue.length === 0;
    if (!keep) this.view?.show(history, queue);
  }

  private readonly onEsc = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.repeat || event.isComposing) return;
    const now = performance.now();
    if (now - this.lastEsc <= DOUBLE_ESC_MS) return this.exit();
    const shown = this.view !== null && !this.view.panel.hidden;
    if (!shown && !this.begun) return;
    this.lastEsc = now;
    // One press closes; the second one also counts when the panel has just gone.
    if (this.shadowRoot?.activeElement) this.close();
  };

  /** When the panel fills the screen, Tab does not go to the page behind it. */
  private readonly onTab = (event: KeyboardEvent): void => {
    if (event.key !== "Tab" || this.view === null || !window.matchMedia(FULL_SCREEN).matches) return;
    const all = this.view.panel.querySelectorAll<HTMLElement>("button, a[href], textarea, .log");
    const stops = [...all].filter((node) => node.closest("[hidden]") === null);
    const [from, to] = event.shiftKey ? [stops[0], stops[stops.length - 1]] : [stops[stops.length - 1], stops[0]];
    if (this.shadowRoot?.activeElement !== from) return;
    event.preventDefault();
    to?.focus();
  };

  /** Keeps the whole panel, header included, above the keyboard of a phone. */
  private readonly onResize = (): void => {
    const seen = window.visualViewport;
    if (!seen || !this.view) return;
    const { style } = this.view.panel;
    const zoomed = Math.abs(seen.scale - 1) > 0.01;
    style.setProperty("--high", zoomed ? "100dvh" : `${seen.height}px`);
    style.setProperty("--top", zoomed ? "0px" : `${seen.offsetTop}px`);
  };
}

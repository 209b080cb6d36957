/** The Socket.IO connection: session, queue of own messages, and sending again. */

import { io, type Socket } from "socket.io-client";
import type { Memory } from "./storage";
import { asText, isFields, readMessage, readMessages } from "./reading";
import { notInHistory, type Ack, type Message, type Outgoing } from "./types";

/** Longer than the server waits for an answer. */
const ACK_MS = 45_000;
const CONFIRM_MS = 15_000;
const RETRY_MS = 3_000;
const NOT_ACCEPTED = "Je bericht kwam niet goed aan. Probeer het nog een keer.";

export interface Listener {
  /** The history is null when the server can't read it now; `plain` is what it says then. */
  confirmed(history: Message[] | null, queue: Outgoing[], plain: string): void;
  uttered(message: Message): void;
  typing(on: boolean, person: string | undefined): void;
  erased(): void;
  /** The visitor left fast in another tab. */
  left(): void;
  failed(text: string): void;
  online(on: boolean): void;
  delivered(id: string): void;
  refused(item: Outgoing, error: string): void;
}

function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  // Pages without https have no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Connection {
  private socket: Socket | null = null;
  private queue: Outgoing[];
  private readonly underway = new Set<string>();
  /** The server has confirmed the session on the present connection. */
  private ready = false;
  private timer: number | undefined;

  constructor(
    private readonly server: string,
    private readonly country: string | null,
    private readonly memory: Memory,
    private readonly listener: Listener,
  ) {
    this.queue = memory.queue;
  }

  get unsent(): readonly Outgoing[] {
    return this.queue;
  }

  /** Connects; does nothing if that was done before. */
  start(): void {
    if (this.socket !== null) return;
    const socket = io(this.server, {
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: 1_000,
      reconnectionDelayMax: 10_000,
      forceNew: true,
    });
    this.socket = socket;
    socket.on("connect", () => this.request());
    socket.on("disconnect", (reason) => this.lost(reason === "io server disconnect"));
    socket.on("connect_error", () => this.lost(!socket.active));
    socket.on("session_confirm", (data: unknown) => this.confirm(data));
    socket.on("bot_uttered", (data: unknown) => {
      const message = readMessage(data);
      if (message !== null) this.listener.uttered(message);
    });
    socket.on("user_said", (data: unknown) => {
      const message = readMessage(data);
      if (message !== null) this.listener.uttered(message);
    });
    socket.on("bot_typing", (data: unknown) => {
      if (isFields(data)) this.listener.typing(data.on === true, asText(data.name));
    });
    socket.on("conversation_left", () => this.listener.left());
    socket.on("conversation_erased", () => this.erase());
    socket.on("error_message", (data: unknown) => {
      const text = isFields(data) ? asText(data.text) : undefined;
      if (text !== undefined) this.listener.failed(text);
    });
  }

  /** Puts a message in the queue; it leaves the queue when the server has confirmed it. */
  send(message: string, title?: string): Outgoing {
    const item: Outgoing = { id: newId(), message };
    if (title !== undefined) item.title = title;
    this.keep([...this.queue, item]);
    this.flush();
    return item;
  }

  /** Tells the server that the visitor leaves, on both ways that there are, and stops. */
  leave(): void {
    const { session } = this.memory;
    if (this.socket?.connected) this.socket.emit("leave");
    if (session !== null) {
      // The request outlives the page.
      const request: RequestInit = { method: "POST", body: session, keepalive: true, mode: "no-cors", credentials: "omit" };
      void fetch(`${this.server}/widget/leave`, request).catch(() => undefined);
    }
    this.stop();
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.ready = false;
    this.socket?.off();
    this.socket?.disconnect();
    this.socket = null;
    this.queue = [];
    this.underway.clear();
  }

  private request(): void {
    this.ready = false;
    this.socket?.emit("session_request", { session_id: this.memory.session, country: this.country });
    this.later(CONFIRM_MS, () => {
      this.listener.online(false);
      this.socket?.disconnect().connect();
    });
  }

  private confirm(data: unknown): void {
    const id = isFields(data) ? asText(data.session_id) : undefined;
    if (id === undefined || !isFields(data)) return;
    window.clearTimeout(this.timer);
    this.memory.session = id;
    this.ready = true;
    this.listener.online(true);
    const history = Array.isArray(data.history) ? readMessages(data.history) : null;
    if (history !== null) this.keep(notInHistory(this.queue, history));
    this.listener.confirmed(history, this.queue, asText(data.plain) ?? "");
    this.flush();
  }

  private lost(byHand: boolean): void {
    window.clearTimeout(this.timer);
    this.ready = false;
    this.listener.online(false);
    // After a refusal or a goodbye of the server, Socket.IO does not come back by itself.
    if (byHand) this.later(RETRY_MS * (1 + Math.random()), () => this.socket?.connect());
  }

  /** What was written before is gone on the server: it must not be sent to it again. */
  private erase(): void {
    this.memory.session = null;
    this.keep([]);
    this.listener.erased();
  }

  private flush(): void {
    if (!this.ready) return;
    // After an erasure the first new message starts a new session.
    if (this.memory.session === null) return this.request();
    for (const item of this.queue) if (!this.underway.has(item.id)) this.transmit(item);
  }

  private transmit(item: Outgoing): void {
    const { id, message, title } = item;
    this.underway.add(id);
    const payload = title === undefined ? { id, message } : { id, message, title };
    this.socket
      ?.timeout(ACK_MS)
      .emit("user_uttered", payload, (error: Error | null, ack: Ack) => {
        this.underway.delete(id);
        if (!this.queue.includes(item)) return;
        // No answer: the message stays, with its id. The server drops what it already has.
        if (error !== null) return this.flush();
        this.keep(this.queue.filter((other) => other !== item));
        if (ack?.ok === false) this.listener.refused(item, asText(ack.error) ?? NOT_ACCEPTED);
        else this.listener.delivered(id);
      });
  }

  private keep(queue: Outgoing[]): void {
    this.queue = queue;
    this.memory.queue = queue;
  }

  private later(delay: number, action: () => void): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(action, delay);
  }
}

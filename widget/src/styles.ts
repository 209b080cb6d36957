/** The style sheet, and the accent colour with a text colour that can be read on it. */

import { el } from "./dom";

const CSS = `
:host {
  all: initial; position: fixed; inset: auto 0 0 auto; z-index: 2147483000;
  font: 400 medium/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  --ground: #ffffff; --text: #1d2527; --soft: #566165; --bubble: #eef2f2; --line: #7b878a;
  --warn: #7a1f1f; color: var(--text); color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  :host {
    --ground: #172022; --text: #eef3f3; --soft: #b3c0c2; --bubble: #263336; --line: #84949a;
    --warn: #ffb4ab; color-scheme: dark;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, p, ul, dl, dd { margin: 0; padding: 0; font: inherit; }
button {
  font: inherit; color: inherit; background: none; border: 1px solid transparent; cursor: pointer;
  min-height: 44px; min-width: 44px; border-radius: .6em; padding: .3em .8em;
}
svg { width: 1.5em; height: 1.5em; fill: none; stroke: currentColor; stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round; display: block; margin: auto; }
:focus-visible { outline: 3px solid var(--text); outline-offset: 2px; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.corner { position: fixed; right: 1em; bottom: 1em; display: flex; align-items: flex-end; gap: .6em;
  max-width: calc(100vw - 2em); }
:host([data-side=left]) .corner { right: auto; left: 1em; flex-direction: row-reverse; }
.corner .exit, .greeting { box-shadow: 0 2px 10px rgb(0 0 0 / .35); }
.greeting { display: flex; align-items: flex-start; min-width: 0; max-width: 18em; background: var(--ground);
  border: 1px solid var(--line); border-radius: .9em; }
.greeting .say { text-align: start; overflow-wrap: anywhere; flex: 1; min-width: 0; }
.greeting .away { flex: none; padding: 0; color: var(--soft); }
.launcher {
  flex: none; width: 3.75em; height: 3.75em; padding: 0;
  border-radius: 50%; border: 2px solid var(--on-accent); background: var(--accent);
  color: var(--on-accent); box-shadow: 0 2px 10px rgb(0 0 0 / .35);
}
.panel {
  position: fixed; right: 1em; bottom: 1em; width: min(24em, 100vw - 2em);
  height: min(40em, 100vh - 2em); height: min(40em, 100dvh - 2em);
  display: flex; flex-direction: column; overflow: hidden; background: var(--ground);
  border: 1px solid var(--line); border-radius: .9em; box-shadow: 0 6px 28px rgb(0 0 0 / .3);
}
:host([data-side=left]) .panel { right: auto; left: 1em; }
header {
  flex: none; display: flex; align-items: center; gap: .4em; padding: .5em .5em .5em .9em;
  background: var(--accent); color: var(--on-accent);
}
header :focus-visible { outline-color: var(--on-accent); }
.name { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.name h2 { font-weight: 700; font-size: 1.1em; line-height: 1.2; }
.name p { font-size: .8em; line-height: 1.25; }
.exit { flex: none; background: #ffffff; color: #7a1f1f; border-color: #7a1f1f; font-weight: 700;
  line-height: 1.1; }
.close { flex: none; padding: 0; }
.log { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: .9em;
  display: flex; flex-direction: column; gap: .6em; }
.log:focus-visible { outline-offset: -3px; }
.row { position: relative; display: flex; flex-direction: column; align-items: flex-start; flex: none; }
.row.user { align-items: flex-end; }
.bubble { max-width: 88%; padding: .55em .8em; border-radius: .9em; background: var(--bubble);
  overflow-wrap: anywhere; }
.user .bubble { background: var(--accent); color: var(--on-accent); border: 1px solid transparent; }
.person .bubble { border: 2px solid var(--line); }
.bubble p { white-space: pre-wrap; }
.bubble img { display: block; max-width: 100%; height: auto; margin-top: .4em; border-radius: .4em; }
.bubble a { color: inherit; text-decoration: underline; text-underline-offset: .15em; }
.speaker, .row[data-state]::after { font-size: .85em; color: var(--soft); }
.row[data-state=pending]::after { content: "Wordt verstuurd…"; visibility: hidden;
  animation: appear 0s 2s forwards; }
.row[data-state=refused]::after { content: "Niet verstuurd"; color: var(--warn); }
@keyframes appear { to { visibility: visible; } }
.note, .day { flex: none; font-size: .85em; color: var(--soft); }
.note { border-bottom: 1px solid var(--line); padding-bottom: .6em; }
.day { align-self: center; }
.card h3, .card dt { font-weight: 700; }
.card dl { display: grid; gap: .5em; margin-top: .4em; }
.card dd { white-space: pre-wrap; }
.card .keep { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .6em; }
.card .keep button { border-color: currentColor; }
.helplines { list-style: none; display: grid; gap: .5em; margin-top: .6em; }
.helplines li { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .9em;
  border-top: 1px solid var(--line); padding-top: .3em; }
.helplines strong { flex: 1 0 100%; font-weight: 700; }
.helplines a { display: inline-flex; align-items: center; min-height: 44px; }
.review { margin-top: .6em; border-top: 1px solid var(--line); padding-top: .4em; }
.review:first-child { margin-top: 0; border-top: 0; padding-top: 0; }
.hint { font-size: .85em; color: var(--soft); }
.mark { display: inline; min-width: 0; min-height: 0; padding: .35em .1em; border: 0; border-radius: .2em;
  text-align: start; white-space: pre-wrap; text-decoration: underline wavy var(--warn);
  text-underline-offset: .25em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.mark[aria-expanded=true] { background: var(--ground); text-decoration-style: solid; }
.why:not(:empty) { margin-top: .4em; border-inline-start: 3px solid var(--warn); padding-inline-start: .6em; }
.replies { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .5em; }
.replies button { border-color: currentColor; text-align: start; overflow-wrap: anywhere; }
.replies button:hover { background: var(--bubble); }
.status, .notice { flex: none; padding: 0 1em; font-size: .9em; color: var(--soft); }
.status:not(:empty), .notice:not(:empty) { padding-block: .2em; }
.notice { color: var(--warn); }
form { flex: none; display: flex; gap: .5em; align-items: flex-end; padding: .6em;
  border-top: 1px solid var(--line); }
textarea {
  flex: 1; min-width: 0; resize: none; font: inherit; color: inherit; background: var(--ground);
  border: 1px solid var(--line); border-radius: .6em; padding: .55em .7em; min-height: 44px;
  max-height: min(calc(7.25em + 1.1em + 2px), 40vh); overflow-y: auto; overflow-wrap: anywhere;
}
textarea::placeholder { color: var(--soft); opacity: 1; }
.send { flex: none; background: var(--accent); color: var(--on-accent); }
@media (max-width: 480px), (max-height: 420px) {
  .panel { inset: var(--top, 0) 0 auto 0; width: 100%; height: 100vh; height: var(--high, 100dvh);
    border: 0; border-radius: 0; }
  :host([data-side=left]) .panel { inset: var(--top, 0) 0 auto 0; }
  .exit { max-width: 6em; padding-inline: .5em; }
  header { padding-top: max(.5em, env(safe-area-inset-top)); }
  form { padding-bottom: max(.6em, env(safe-area-inset-bottom)); }
}
@media (max-height: 420px) {
  .name p { font-size: .75em; }
  header, form { padding-block: .2em; }
}
@media (prefers-reduced-motion: no-preference) {
  .panel { animation: rise .15s ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(.6em); } }
}
@media print { :host { display: none; } }
`;

/** A constructable style sheet is not an inline style, so a strict CSP allows it. */
export function addStyles(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.prepend(el("style", {}, CSS));
  }
}

export const DEFAULT_COLOR = "#2f6f73";

/** Black or white, whichever stands out most: on any colour that is at least 4.5 to 1. */
export function textOn(color: string): "#ffffff" | "#000000" {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (light + 0.05) >= 4.5 ? "#ffffff" : "#000000";
}

/** '#rgb' or '#rrggbb' as '#rrggbb'; anything else becomes the default. */
export function hexColor(value: string | undefined): string {
  const hex = value?.trim().toLowerCase() ?? "";
  if (/^#[0-9a-f]{6}$/.test(hex)) return hex;
  return /^#[0-9a-f]{3}$/.test(hex) ? hex.replace(/[0-9a-f]/g, "$&$&") : DEFAULT_COLOR;
}

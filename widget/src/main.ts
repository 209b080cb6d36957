/** Reads the script tag and puts the widget on the page, once. */

import { webAddress } from "./dom";
import { EersteStap } from "./element";
import { hexColor } from "./styles";
import type { Config } from "./types";

const NAME = "eerste-stap";
const EXIT = "https://www.nu.nl";

function ownScript(): HTMLScriptElement | null {
  const current = document.currentScript;
  return current instanceof HTMLScriptElement
    ? current
    : document.querySelector<HTMLScriptElement>('script[src*="eerste-stap.js"]');
}

function readConfig(script: HTMLScriptElement | null): Config {
  const { server, title, color, open, greeting, side, country, exit } = script?.dataset ?? {};
  const home = webAddress(server ?? "") ?? webAddress(script?.src ?? "") ?? window.location;
  return {
    server: home.origin,
    title: title?.trim() || "Eerste Stap",
    color: hexColor(color),
    open: open === "true",
    greeting: greeting?.trim() ?? "",
    side: side === "left" ? "left" : "right",
    country: country === "nl" || country === "be" ? country : null,
    exit: (webAddress(exit ?? "") ?? new URL(EXIT)).href,
  };
}

function start(config: Config): void {
  if (customElements.get(NAME) !== undefined) return;
  customElements.define(NAME, EersteStap);
  const element = document.createElement(NAME) as EersteStap;
  element.config = config;
  document.body.append(element);
}

// Only now does the browser know which script tag this is.
const config = readConfig(ownScript());
if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", () => start(config), { once: true });
} else {
  start(config);
}

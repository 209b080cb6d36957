// Keeps an open page up to date, and sends a form once. Everything else works without it.
"use strict";

const problem = document.getElementById("live-problem");
const news = document.getElementById("live-news");
const place = document.querySelector("[data-live]");

function complain(text) {
  problem.textContent = text;
  problem.hidden = text === "";
}

function toEnd() {
  place.scrollTop = place.scrollHeight;
}

function follow(source) {
  source.addEventListener("open", () => complain(""));
  source.addEventListener("error", () => complain("Even geen verbinding. Wat je ziet kan oud zijn."));
  source.addEventListener("storing", () => complain("Het gesprek is even niet te lezen. Wat je ziet kan oud zijn."));
  source.addEventListener("weg", () => {
    source.close();
    complain("Dit gesprek is zojuist gewist.");
    place.replaceChildren();
  });
  source.addEventListener("uitgelogd", () => {
    source.close();
    complain("Je bent uitgelogd. Log opnieuw in om verder te lezen.");
  });
  source.addEventListener("gesprek", (event) => {
    complain("");
    const { html, state } = JSON.parse(event.data);
    const near = place.scrollHeight - place.scrollTop - place.clientHeight < 80;
    // Made by our own templates, which escape whatever a visitor wrote.
    place.innerHTML = html;
    if (near) toEnd();
    news.hidden = state === place.dataset.state;
  });
  source.addEventListener("veranderd", (event) => {
    complain("");
    news.hidden = JSON.parse(event.data) === place.dataset.mark;
  });
}

if (place !== null) {
  toEnd();
  const source = new EventSource(place.dataset.live);
  follow(source);
  // A request that never ends would hold up the next page.
  window.addEventListener("pagehide", () => source.close());
}

document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("button");
  if (button === null) return;
  // After the form was read, so that it is still sent.
  setTimeout(() => (button.disabled = true));
});

// Enter sends, as in any chat; shift and Enter is a new line.
document.addEventListener("keydown", (event) => {
  const writing = event.target.matches?.("textarea[data-testid=text]");
  if (!writing || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// The visitor sees that somebody writes. The widget forgets it after six seconds.
const SIGN_MS = 4000;
let signedAt = -SIGN_MS;
document.addEventListener("input", (event) => {
  if (!event.target.matches?.("textarea[data-testid=text]") || performance.now() - signedAt < SIGN_MS) return;
  signedAt = performance.now();
  const { form } = event.target;
  const body = new URLSearchParams({ csrf: form.elements.csrf.value });
  fetch(form.action.replace(/[^/]+$/, "typt"), { method: "POST", body }).catch(() => {});
});

"""The page for a new conversation: how it begins, and one of three templates for how it goes on."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.content import flow_edits
from bot.content.examples import cleaned
from bot.content.files import Content, ContentError
from bot.content.flow_edits import new_response
from bot.content.locked import intents, is_locked
from bot.content.names import flow_name, id_of, intent_name, response_name
from bot.content.responses import Variant, responses, with_text
from bot.content.stories import Step, project_rules, stories, story
from bot.content.turns import turns
from bot.content.validity import LEAST_MESSAGES
from bot.studio.editing import KEPT, OPENED, EditPage, Outcome, attempt, current, edit_page, typed
from bot.studio.render import read_form
from bot.studio.sessions import PATH, Login

TEMPLATES = {
    "one": "Eén antwoord: de coach zegt iets en wacht af",
    "deepen": "Doorvragen: de coach vraagt, en vraagt daarna verder",
    "yes-no": "Een vraag met knoppen: de coach gaat in op ja en op nee",
}
YES_NO = [{"title": "Ja, graag", "payload": "/affirm"}, {"title": "Nu niet", "payload": "/deny"}]
TITLE_LONGEST = 60


async def show_new(_: Request, login: Login) -> Response:
    """The empty form."""
    return await _new_page(login)


async def save_new(request: Request, login: Login) -> Response:
    """Make the conversation, and show it."""
    form = await read_form(request)
    title = typed(form.get("titel", ""))
    refused = await attempt(request, login, "draft_new_story", lambda content: _new_story(content, title, form))
    if refused:
        return await _new_page(login, refused)
    return RedirectResponse(f"{PATH}/verhalen/{id_of(title)}{KEPT}", status_code=303)


def answer(content: Content, form: dict[str, str], after: str, number: str = "", buttons: bool = False) -> tuple[Content, str]:
    """What the coach is to say, as the form has it: a sentence that is there already, or a new one with up to three wordings.

    Returns the content, with the new sentence where there is one, and the response's name. Raises `ContentError` where nothing was given.
    """
    chosen = form.get(f"zin{number}", "")
    if chosen:
        if chosen not in responses(content) or is_locked(chosen):
            raise ContentError("Die zin kan hier niet worden gekozen.")
        return content, chosen
    texts = [text for text in (typed(form.get(f"tekst{number}-{wording}", "")) for wording in range(3)) if text]
    title = typed(form.get(f"naam{number}", ""))[:TITLE_LONGEST]
    if not texts:
        raise ContentError("Schrijf wat de coach zegt, of kies een zin die er al is.")
    if not id_of(title):
        title = " ".join(texts[0].split()[:4])
    with_buttons = buttons or f"knoppen{number}" in form
    empty: Variant = {"text": "", "buttons": YES_NO} if with_buttons else {"text": ""}
    return new_response(content, title, [with_text(empty, text) for text in texts], after)


def _new_story(content: Content, title: str, form: dict[str, str]) -> Content:
    if not 0 < len(title) <= TITLE_LONGEST:
        raise ContentError(f"Geef het gesprek een naam van hooguit {TITLE_LONGEST} tekens.")
    template = form.get("vorm", "")
    if template not in TEMPLATES:
        raise ContentError("Kies hoe het gesprek verdergaat.")
    content, opening = _opening(content, title, form)
    heard = opening[-1]
    content, first = answer(content, {"naam1": f"{title} begin", **_filled(form)}, "", "1", buttons=template == "yes-no")
    tellings: list[tuple[str, list[Step]]] = [(title, [{"action": first}])]
    if template != "one":
        content, second = answer(content, {"naam2": f"{title} verder", **_filled(form)}, first, "2")
        tellings = [(title, [{"action": first}, heard, {"action": second}])]
    if template == "yes-no":
        content, third = answer(content, {"naam3": f"{title} nee", **_filled(form)}, second, "3")
        tellings = [
            (f"{title}, ja", [{"action": first}, {"intent": "affirm"}, {"action": second}]),
            (f"{title}, nee", [{"action": first}, {"intent": "deny"}, {"action": third}]),
        ]
    content, _ = flow_edits.new_flow(content, title, opening, tellings)
    return content


def _opening(content: Content, title: str, form: dict[str, str]) -> tuple[Content, list[Step]]:
    """How the conversation begins: with a new kind of message, or within another conversation."""
    if form.get("begin") == "nieuw":
        messages = list(dict.fromkeys(filter(None, map(cleaned, form.get("berichten", "").splitlines()))))
        if len(messages) < LEAST_MESSAGES:
            raise ContentError(
                f"Schrijf minstens {LEAST_MESSAGES} verschillende berichten, elk op een eigen regel. Dit zijn er {len(messages)}."
            )
        content, intent = flow_edits.new_intent(content, title, messages)
        return content, [{"intent": intent}]
    flow, _, name = form.get("na", "").partition("/")
    intent = form.get("intent", "")
    if not name or not intent:
        raise ContentError("Kies na welk gesprek het begint, en wat de bezoeker dan zegt.")
    return content, [*turns(story(content, flow, name).steps)[0].steps, {"intent": intent}]


async def _new_page(login: Login, outcome: Outcome = OPENED) -> Response:
    draft = await current(login)
    starts: dict[str, dict[str, Any]] = {}
    for one in stories(draft.content):
        first = turns(one.steps)[0]
        if not one.rule and first.intents and first.said:
            text = f"{flow_name(one.flow)}: na “{response_name(first.said[-1])}”"
            starts.setdefault(text, {"value": f"{one.flow}/{one.name}", "text": text})
    ruled = {step["intent"] for rule in project_rules() for step in rule.steps[:1] if "intent" in step and not rule.conditions}
    choices = sorted(((one, intent_name(one)) for one in intents(draft.content) if one not in ruled | {"alarm"}), key=lambda one: one[1])
    sentences = sorted(((name, response_name(name)) for name in responses(draft.content) if not is_locked(name)), key=lambda one: one[1])
    values: dict[str, Any] = {"starts": list(starts.values()), "intents": choices, "sentences": sentences, "templates": TEMPLATES}
    return await edit_page("new_story.html", login, draft, outcome, least=LEAST_MESSAGES, **values)


def _filled(form: dict[str, str]) -> dict[str, str]:
    """What was given, so that a default stands where nothing was."""
    return {key: value for key, value in form.items() if value.strip()}


NEW_PAGES = (
    EditPage("/nieuw-verhaal", show_new),
    EditPage("/nieuw-verhaal", save_new, "POST"),
)

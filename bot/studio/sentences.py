"""The pages of what the coach says: every sentence, and changing one with all its wordings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.content.files import Content, ContentError
from bot.content.locked import is_locked
from bot.content.names import OWN, flow_name, response_name
from bot.content.responses import Variant, responses, said, with_response, with_text, without_response
from bot.content.stories import project_rules, stories
from bot.content.wording import LEAST_WORDINGS, ONCE
from bot.studio.editing import KEPT, OPENED, EditPage, Outcome, attempt, current, edit_page, hints, outcome_of, typed
from bot.studio.render import page, read_form
from bot.studio.sessions import PATH, Login

LIST = f"{PATH}/zinnen"


async def show_list(request: Request, login: Login) -> Response:
    """Every sentence by its subject; with a search those that hold its words."""
    wanted = request.query_params.get("q", "").strip()[:100]
    draft = await current(login)
    found = []
    for name, variants in responses(draft.content).items():
        texts = [said(variant) for variant in variants]
        if wanted.casefold() in " ".join([response_name(name), *texts]).casefold():
            match = next((text for text in texts if wanted.casefold() in text.casefold()), texts[0])
            found.append({"name": name, "title": response_name(name), "text": match, "count": len(texts), "locked": is_locked(name)})
    return await edit_page("sentences.html", login, draft, found=found, wanted=wanted)


async def show_sentence(request: Request, login: Login) -> Response:
    """One response with all its wordings."""
    return await _sentence(request.path_params["name"], login, outcome_of(request))


async def save_sentence(request: Request, login: Login) -> Response:
    """Keep what was typed: changed, added and removed wordings, and the words on buttons."""
    name, form = request.path_params["name"], await read_form(request)
    refused = await attempt(request, login, "draft_sentence", lambda content: _changed(content, name, form))
    if refused:
        return await _sentence(name, login, refused)
    return RedirectResponse(f"{LIST}/{name}{KEPT}", status_code=303)


async def remove_sentence(request: Request, login: Login) -> Response:
    """Remove a response that was made in the studio and that nothing needs."""
    name = request.path_params["name"]
    refused = await attempt(request, login, "draft_sentence", lambda content: without_response(content, name))
    if refused:
        return await _sentence(name, login, refused)
    return RedirectResponse(LIST, status_code=303)


async def show_hints(request: Request, _: Login) -> Response:
    """Hints for a sentence while it is typed; `field` names which of the form's."""
    form = await read_form(request)
    return page("hints.html", hints=hints(typed(form.get(form.get("field", ""), ""))))


async def _sentence(name: str, login: Login, outcome: Outcome = OPENED) -> Response:
    draft, form = await current(login), outcome.form
    known = responses(draft.content)
    if name not in known:
        return page("message.html", 404, login=login, title="Niet gevonden", text="Deze zin is er niet (meer).")
    rows = [_row(number, variant, form) for number, variant in enumerate(known[name])]
    # What was typed where there is no longer a wording must not be lost either.
    more = [typed(text) for key, text in form.items() if key == "new" or (key.startswith("text-") and int(key[5:] or 0) >= len(rows))]
    return await edit_page(
        "sentence.html",
        login,
        draft,
        outcome,
        name=name,
        title=response_name(name),
        rows=rows,
        more="\n".join(filter(None, more)),
        locked=is_locked(name),
        own=name.startswith(OWN),
        used=_used_in(draft.content, name),
        few=0 if name in ONCE else max(0, LEAST_WORDINGS - len(rows)),
        hints=hints,
    )


def _row(number: int, variant: Variant, form: Mapping[str, str]) -> dict[str, Any]:
    """A wording for the page: as it is, and what was typed where that was not kept."""
    now = said(variant)
    text = typed(form.get(f"text-{number}", now))
    buttons = [
        {"field": f"title-{number}-{at}", "now": button["title"], "title": form.get(f"title-{number}-{at}", button["title"])}
        for at, button in enumerate(variant.get("buttons", []))
    ]
    other = {key: value for key, value in variant.items() if key not in ("text", "buttons")}
    return {"field": f"text-{number}", "number": number, "now": now, "text": text, "buttons": buttons, "other": other}


def _changed(content: Content, name: str, form: dict[str, str]) -> Content:
    known = responses(content)
    if name not in known:
        raise ContentError("Deze zin is er niet (meer).")
    if is_locked(name):
        raise ContentError("Deze zin is vast en blijft zoals hij is.")
    variants = []
    for number, variant in enumerate(known[name]):
        if f"gone-{number}" in form:
            continue
        changed = with_text(variant, typed(form.get(f"text-{number}", said(variant))))
        if "buttons" in variant:
            titles = [typed(form.get(f"title-{number}-{at}", button["title"])) for at, button in enumerate(variant["buttons"])]
            changed = {**changed, "buttons": [{**button, "title": title} for button, title in zip(variant["buttons"], titles, strict=True)]}
        variants.append(changed)
    if new := typed(form.get("new", "")):
        buttons = known[name][0].get("buttons")
        variants.append(with_text({"text": "", "buttons": buttons} if buttons else {"text": ""}, new))
    return with_response(content, name, variants)


def _used_in(content: Content, name: str) -> list[str]:
    """The conversations in which a response is said."""
    told = [story for story in [*stories(content), *project_rules()] if {"action": name} in story.steps]
    return list(dict.fromkeys(flow_name(story.flow) for story in told))


PAGES = (
    EditPage("/zinnen", show_list),
    EditPage("/zinnen/{name}", show_sentence),
    EditPage("/zinnen/{name}", save_sentence, "POST"),
    EditPage("/zinnen/{name}/weg", remove_sentence, "POST"),
    EditPage("/hulp", show_hints, "POST"),
)

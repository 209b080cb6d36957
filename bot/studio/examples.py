"""The pages of what people say: the messages of each intent, adding and removing them, and searching all of them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.content.examples import cleaned, examples, same, with_examples
from bot.content.files import Content, ContentError
from bot.content.names import intent_name
from bot.content.validity import LEAST_MESSAGES
from bot.studio.editing import KEPT, OPENED, EditPage, Outcome, attempt, current, edit_page, outcome_of
from bot.studio.render import page, read_form
from bot.studio.sessions import PATH, Login

LIST = f"{PATH}/voorbeelden"
SHOWN = 100
MOST_AT_ONCE = 100


async def show_intents(request: Request, login: Login) -> Response:
    """Every intent with how many messages it has; with a search the messages that hold its words, wherever they are."""
    wanted = request.query_params.get("q", "").strip()[:100]
    draft = await current(login)
    known = examples(draft.content)
    found = [
        (intent, message)
        for intent, messages in known.items()
        for message in messages
        if wanted and wanted.casefold() in message.casefold()
    ]
    intents = sorted(((intent_name(intent), intent, len(messages), messages[:2]) for intent, messages in known.items()))
    told = [(intent_name(intent), intent, message) for intent, message in found[:SHOWN]]
    return await edit_page("intents.html", login, draft, intents=intents, wanted=wanted, found=told, count=len(found))


async def show_examples(request: Request, login: Login) -> Response:
    """The messages of one intent, a hundred at a time."""
    return await _examples(request, login, outcome_of(request))


async def add_examples(request: Request, login: Login) -> Response:
    """Add messages, one on each line."""
    intent, form = request.path_params["intent"], await read_form(request)
    refused = await attempt(request, login, "draft_examples", lambda content: _with_new(content, intent, form.get("new", "")))
    return await _examples(request, login, refused) if refused else _done(intent)


async def remove_examples(request: Request, login: Login) -> Response:
    """Remove the messages that were ticked."""
    intent, form = request.path_params["intent"], await read_form(request)
    gone = [message for key, message in form.items() if key.startswith("gone-")]
    refused = await attempt(request, login, "draft_examples", lambda content: with_examples(content, intent, remove=gone))
    return await _examples(request, login, refused) if refused else _done(intent)


async def _examples(request: Request, login: Login, outcome: Outcome = OPENED) -> Response:
    draft, form = await current(login), outcome.form
    intent, wanted = request.path_params["intent"], request.query_params.get("q", "").strip()[:100]
    known = examples(draft.content)
    if intent not in known:
        return page("message.html", 404, login=login, title="Niet gevonden", text="Dit soort bericht is er niet.")
    fitting = [message for message in known[intent] if wanted.casefold() in message.casefold()]
    fitting.reverse()
    number = request.query_params.get("blad", "1")
    sheet = max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1
    return await edit_page(
        "examples.html",
        login,
        draft,
        outcome,
        intent=intent,
        title=intent_name(intent),
        messages=fitting[(sheet - 1) * SHOWN : sheet * SHOWN],
        total=len(known[intent]),
        count=len(fitting),
        sheet=sheet,
        sheets=-(-len(fitting) // SHOWN),
        wanted=wanted,
        typed_new=form.get("new", ""),
        ticked=[message for key, message in form.items() if key.startswith("gone-")],
        least=LEAST_MESSAGES,
    )


def _done(intent: str) -> Response:
    return RedirectResponse(f"{LIST}/{intent}{KEPT}", status_code=303)


def _with_new(content: Content, intent: str, typed: str) -> Content:
    """The content with these messages. Raises `ContentError` where there are none, too many, or some that are there already."""
    new = list(dict.fromkeys(filter(None, map(cleaned, typed.splitlines()))))
    if not 0 < len(new) <= MOST_AT_ONCE:
        raise ContentError(f"Schrijf één tot {MOST_AT_ONCE} berichten, elk op een eigen regel.")
    known = {same(message): name for name, messages in examples(content).items() for message in messages}
    there = [f"'{message}' staat al bij \"{intent_name(known[same(message)])}\"." for message in new if same(message) in known]
    if there:
        raise ContentError(" ".join(there[:5]))
    return with_examples(content, intent, new)


PAGES = (
    EditPage("/voorbeelden", show_intents),
    EditPage("/voorbeelden/{intent}", show_examples),
    EditPage("/voorbeelden/{intent}/erbij", add_examples, "POST"),
    EditPage("/voorbeelden/{intent}/weg", remove_examples, "POST"),
)

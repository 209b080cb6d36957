"""The pages of how conversations run: every flow as a conversation with branches, and what can be done with one turn of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.content import flow_edits
from bot.content.examples import examples
from bot.content.files import Content, ContentError
from bot.content.flow_edits import Place
from bot.content.locked import intents, is_locked
from bot.content.names import flow_name, intent_name, response_name, step_name
from bot.content.responses import Variant, responses, said
from bot.content.stories import Story, project_rules, stories, story
from bot.content.turns import Node, Turn, conversation, turns
from bot.studio.editing import KEPT, OPENED, EditPage, Outcome, attempt, current, edit_page, outcome_of
from bot.studio.new_story import NEW_PAGES, answer
from bot.studio.render import page, read_form
from bot.studio.sessions import PATH, Login

LIST = f"{PATH}/verhalen"
NO_FLOW = "Dit gesprek is er niet (meer)."
EXAMPLES_SHOWN = 3


async def show_flows(_: Request, login: Login) -> Response:
    """Every conversation, and what always holds."""
    draft = await current(login)
    own = _by_flow([one for one in stories(draft.content) if not one.rule])
    return await edit_page("flows.html", login, draft, flows=own, fixed=_by_flow(project_rules()))


async def show_flow(request: Request, login: Login) -> Response:
    """One conversation as chat bubbles with branches."""
    flow, draft = request.path_params["flow"], await current(login)
    told = [one for one in stories(draft.content) if one.flow == flow]
    always = [one for one in project_rules() if one.flow == flow]
    if not told and not always:
        return page("message.html", 404, login=login, title="Niet gevonden", text=NO_FLOW)
    trees = [bubble(node, draft.content, flow) for node in conversation(told)]
    rules = [(one.name, [bubble(node, draft.content, flow) for node in conversation([one])]) for one in always]
    return await edit_page("flow.html", login, draft, outcome_of(request), flow=flow, title=flow_name(flow), trees=trees, rules=rules)


async def show_turn(request: Request, login: Login) -> Response:
    """What can be done with one turn."""
    return await _turn_page(login, _place(request.path_params["flow"], request.query_params))


async def edit_turn(request: Request, login: Login) -> Response:
    """Do it, and show the conversation."""
    flow, form = request.path_params["flow"], await read_form(request)
    place, action = _place(flow, form), request.path_params["action"]
    work = ACTIONS.get(action)
    if work is None:
        return page("message.html", 404, login=login, title="Niet gevonden", text=NO_FLOW)
    refused = await attempt(request, login, f"draft_{action}", lambda content: work(content, place, form))
    if refused:
        return await _turn_page(login, place, refused)
    left = any(one.flow == flow for one in stories((await current(login)).content))
    return RedirectResponse(f"{LIST}/{flow}{KEPT}" if left else LIST, status_code=303)


async def _turn_page(login: Login, place: Place, outcome: Outcome = OPENED) -> Response:
    draft = await current(login)
    try:
        here = story(draft.content, place.flow, place.story)
        turn = turns(here.steps)[place.turn] if place.turn >= 0 else None
    except (ContentError, IndexError):
        turn = None
    if turn is None:
        return page("message.html", 409 if outcome.problem else 404, login=login, title="Niet gevonden", text=outcome.problem or NO_FLOW)
    last = turn.said[-1] if turn.said else ""
    return await edit_page(
        "turn.html",
        login,
        draft,
        outcome,
        flow=place.flow,
        title=flow_name(place.flow),
        place=place,
        bubble=bubble(Node(turn, here.name, place.turn, [here.name], here.fixed), draft.content, place.flow),
        count=len(turns(here.steps)),
        fixed=here.fixed,
        intents=intent_choices(draft.content, last),
        sentences=sentence_choices(draft.content),
        targets=[(one.flow, one.name, flow_name(one.flow)) for one in stories(draft.content) if not one.rule and one.name != here.name],
    )


def bubble(node: Node, content: Content, flow: str) -> dict[str, Any]:
    """A turn for the page: what the visitor says with real examples, what the coach says with its buttons, and the branches."""
    known, heard = responses(content), examples(content)
    coach: list[dict[str, Any]] = []
    for name in node.turn.said:
        variants = known.get(name, [])
        first: Variant = variants[0] if variants else {"text": ""}
        buttons = [button["title"] for button in first.get("buttons", [])]
        about = {"name": name, "title": response_name(name), "locked": is_locked(name) or not variants}
        coach.append(
            {**about, "text": said(first), "buttons": buttons, "more": max(0, len(variants) - 1), "step": step_name({"action": name})}
        )
    query = urlencode({"verhaal": node.story, "beurt": node.number})
    return {
        "visitor": [{"name": intent_name(one), "examples": _spread(heard.get(one, []))} for one in node.turn.intents],
        "coach": coach,
        "other": [step_name(step) for step in node.turn.steps if not set(step) & {"intent", "action", "or", "checkpoint"}],
        "links": _links(node.turn, content, flow),
        "link": f"{LIST}/{flow}/beurt?{query}",
        "fixed": node.fixed,
        "stories": node.stories,
        "branches": [bubble(branch, content, flow) for branch in node.branches],
    }


def intent_choices(content: Content, last: str) -> list[tuple[str, str]]:
    """What the visitor may say next: first the buttons of what the coach said last, then all kinds of messages.

    What a rule always answers in its own way is left out.
    """
    ruled = {step["intent"] for rule in project_rules() for step in rule.steps[:1] if "intent" in step and not rule.conditions}
    allowed = [one for one in intents(content) if one not in ruled and one != "alarm"]
    buttons = {
        button["payload"].removeprefix("/"): button["title"]
        for variant in responses(content).get(last, [])
        for button in variant.get("buttons", [])
    }
    first = [(one, f"kiest de knop '{title}' of {intent_name(one)}") for one, title in buttons.items() if one in allowed]
    return first + sorted(((one, intent_name(one)) for one in allowed if one not in buttons), key=lambda choice: choice[1])


def sentence_choices(content: Content) -> list[tuple[str, str]]:
    """The responses that a conversation may use, by subject."""
    return sorted(((name, response_name(name)) for name in responses(content) if not is_locked(name)), key=lambda choice: choice[1])


def _by_flow(told: list[Story]) -> list[dict[str, Any]]:
    flows: dict[str, list[str]] = {}
    for one in told:
        flows.setdefault(one.flow, []).append(one.name)
    return [{"flow": flow, "title": flow_name(flow), "stories": names} for flow, names in flows.items()]


def _links(turn: Turn, content: Content, flow: str) -> list[dict[str, str]]:
    """Where a turn goes on in another conversation, or from where others come here: by a link, or by the same last words of the coach."""
    told = stories(content)
    joints = [step for step in turn.steps if "checkpoint" in step]
    joints += [{"action": words} for words in turn.said[-1:] if any(one.steps[0] == {"action": words} for one in told)]
    tied = ((one.flow, one.name) for one in told for step in one.steps if step in joints)
    return [{"flow": other, "name": name} for other, name in dict.fromkeys(tied) if other != flow]


def _spread(messages: list[str]) -> list[str]:
    """Some messages from all over the list, of a length that reads easily."""
    fitting = [message for message in messages if 15 <= len(message) <= 80] or messages
    step = max(1, len(fitting) // EXAMPLES_SHOWN)
    return fitting[::step][:EXAMPLES_SHOWN]


def _place(flow: str, values: Mapping[str, str]) -> Place:
    number = values.get("beurt", "")
    return Place(flow, values.get("verhaal", ""), int(number) if number.isdecimal() and len(number) < 4 else -1)


def _last_said(content: Content, place: Place) -> str:
    told = turns(story(content, place.flow, place.story).steps)
    return "".join(told[place.turn].said[-1:]) if 0 <= place.turn < len(told) else ""


def _say_more(content: Content, place: Place, form: dict[str, str]) -> Content:
    content, response = answer(content, form, after=_last_said(content, place))
    return flow_edits.say_more(content, place, response)


def _go_on(content: Content, place: Place, form: dict[str, str]) -> Content:
    intent = form.get("intent", "")
    if form.get("doel"):
        flow, _, name = form["doel"].partition("/")
        return flow_edits.link(content, place, intent, (flow, name))
    content, response = answer(content, form, after=_last_said(content, place))
    return flow_edits.go_on(content, place, intent, response)


ACTIONS: dict[str, Callable[[Content, Place, dict[str, str]], Content]] = {
    "zin-erbij": _say_more,
    "zin-weg": lambda content, place, form: flow_edits.say_less(content, place, form.get("zin", "")),
    "tak": _go_on,
    "omhoog": lambda content, place, _: flow_edits.move(content, place, up=True),
    "omlaag": lambda content, place, _: flow_edits.move(content, place, up=False),
    "weg": lambda content, place, _: flow_edits.remove(content, place, with_rest=False),
    "rest-weg": lambda content, place, _: flow_edits.remove(content, place, with_rest=True),
}

PAGES = (
    EditPage("/verhalen", show_flows),
    *NEW_PAGES,
    EditPage("/verhalen/{flow}", show_flow),
    EditPage("/verhalen/{flow}/beurt", show_turn),
    EditPage("/verhalen/{flow}/{action}", edit_turn, "POST"),
)

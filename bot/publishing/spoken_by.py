"""Why the coach said something: which conversation of the content, or which fixed part, a reply came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.content.consistency import all_paths
from bot.content.files import Content
from bot.content.names import flow_name, intent_name
from bot.content.stories import Step, project_rules, stories
from bot.handoff.notices import CATEGORIES, LEVELS

# Steps back that a story is followed; the policies look no further.
FAR = 20


@dataclass(frozen=True)
class Reply:
    """A line of a trial. `why` says in Dutch how a visitor's line was read, or where a reply came from."""

    who: str
    text: str
    why: str
    buttons: tuple[tuple[str, str], ...] = ()


def told(events: list[dict[str, Any]], content: Content) -> list[Reply]:
    """A conversation of the content's coach, each line with its reason. Buttons are title and payload."""
    ways = _ways(content)
    lines: list[Reply] = []
    taken: list[Step] = []
    why = ""
    titles: dict[str, str] = {}
    for event in events:
        if event["event"] == "user" and event.get("text"):
            heard, intent = _heard(event.get("parse_data") or {})
            taken.append({"intent": intent})
            lines.append(Reply("visitor", titles.get(event["text"], event["text"]), heard))
        elif event["event"] == "action" and not str(event["name"]).startswith(("action_listen", "action_session")):
            taken.append({"action": event["name"]})
            # What an action of the project asked to be said was chosen where that action was.
            if event.get("policy") != "followup_action":
                why = _reason(str(event.get("policy") or ""), taken, ways)
        elif event["event"] == "bot" and event.get("text"):
            buttons = tuple((button["title"], button["payload"]) for button in (event.get("data") or {}).get("buttons") or [])
            titles |= {payload: title for title, payload in buttons}
            lines.append(Reply("coach", event["text"], why, buttons))
    return lines


def _heard(reading: dict[str, Any]) -> tuple[str, str]:
    intent = str((reading.get("intent") or {}).get("name") or "nlu_fallback")
    heard = f"de bezoeker {intent_name(intent)}"
    alarm = reading.get("alarm")
    return (f"{heard} · {LEVELS[alarm['level']]}: {CATEGORIES[alarm['category']]}" if alarm else heard), intent


def _reason(policy: str, taken: list[Step], ways: list[tuple[str, tuple[Step, ...]]]) -> str:
    if "AlarmPolicy" in policy:
        return "vast: veiligheid gaat voor"
    best, where = 0, "vast: de coach begrijpt het niet zeker"
    for name, steps in ways:
        for at, step in enumerate(steps):
            length = _shared(steps[: at + 1], taken) if step == taken[-1] else 0
            if length > best:
                best, where = length, name
    return where


def _shared(steps: tuple[Step, ...], taken: list[Step]) -> int:
    """How many steps the ends of both have in common."""
    count = 0
    for one, other in zip(reversed(steps), reversed(taken[-FAR:]), strict=False):
        if one != other and other.get("intent") not in [choice.get("intent") for choice in one.get("or", [])]:
            break
        count += 1
    return count


def _ways(content: Content) -> list[tuple[str, tuple[Step, ...]]]:
    found = [(f"'{path.story.name}' ({flow_name(path.story.flow)})", path.steps) for path in all_paths(stories(content))]
    rules = [*project_rules(), *(story for story in stories(content) if story.rule)]
    return found + [(f"vaste regel '{rule.name}' ({flow_name(rule.flow)})", rule.steps) for rule in rules]

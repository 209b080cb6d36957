"""A therapist's draft, and the forms of the pages on which it changes."""

from __future__ import annotations

import re
from typing import Any

from bot.content.differences import differences
from bot.content.drafts import Draft, draft_of
from bot.studio.accounts import therapists
from tests.studio.conftest import Studio, hidden

NEED = "utter_hurt_need"


FURTHER = "gekwetst, verder vertellen"


EVIL = "<script>alert(1)</script>"


def draft(login: str = "lilia") -> Draft:
    return draft_of(next(one.id for one in therapists() if one.login == login))


def told(login: str = "lilia") -> list[str]:
    mine = draft(login)
    return differences(mine.base.content, mine.content)


def fields(page: str, action: str) -> dict[str, str]:
    """What a form of a page holds, as a browser would send it."""
    form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form, f"no form {action}"
    found = {name: hidden(form.group(0), name) for name in ("csrf", "form", "mark")}
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form.group(0), re.DOTALL):
        found[name] = text.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    for name, value in re.findall(r'<input name="(title-[^"]+)"[^>]* value="([^"]*)"', form.group(0)):
        found[name] = value
    for name, value in re.findall(r'<input type="hidden" name="(verhaal|beurt|zin)" value="([^"]*)"', form.group(0)):
        found[name] = value
    return found


def send(browser: Studio, page: str, action: str, **changes: str) -> Any:
    """Open a page, fill in its form and send it."""
    shown = browser.http.get(f"/studio{page}").text
    return browser.http.post(f"/studio{action}", data={**fields(shown, f"/studio{action}"), **changes})


def turn(number: int, story: str = FURTHER, flow: str = "hurt") -> str:
    return f"/verhalen/{flow}/beurt?verhaal={story}&beurt={number}"

"""Which placeholders of a wording can be filled from what was heard, and with which words."""

from __future__ import annotations

import re

from bot.hearing.heard import Heard
from bot.hearing.wounds import WOUNDS

PLACEHOLDERS = ("feeling", "wound", "mirror")
# Feelings that may be named to somebody in danger: no guilt, no shame, no jealousy, no relief, and only in their own words.
SAID_IN_DANGER = frozenset({"boos", "verdrietig", "gekwetst", "vernederd", "eenzaam", "bang", "machteloos", "moe"})

_PLACE = re.compile(r"\{(feeling|wound|mirror)\}")
_AT_START = re.compile(r"(^|[.?]\s+)\{(feeling|wound|mirror)\}")


def placeholders(wording: str) -> frozenset[str]:
    """Those of `PLACEHOLDERS` that a wording holds."""
    return frozenset(_PLACE.findall(wording))


def fillable(found: Heard, in_danger: bool) -> dict[str, str]:
    """The words for each placeholder that can be filled. While an alarm stands only a feeling is, in the visitor's own words."""
    felt = found.feeling
    if in_danger:
        named = felt is not None and felt.own and felt.name in SAID_IN_DANGER
        return {"feeling": felt.words} if felt is not None and named else {}
    words = {
        "feeling": felt.words if felt else None,
        "wound": WOUNDS[found.wound] if found.wound else None,
        "mirror": found.mirror,
    }
    return {name: said for name, said in words.items() if said}


def for_interpolation(wording: str, words: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The wording with placeholders that begin a sentence renamed, and the values for both kinds, those in capitals included.

    Rasa fills them in together with all others, in one pass: a visitor's braces in a value stay words.
    """
    marked = _AT_START.sub(lambda match: f"{match[1]}{{{match[2].capitalize()}}}", wording)
    return marked, {**words, **{name.capitalize(): said[0].upper() + said[1:] for name, said in words.items()}}

"""Every wording with a placeholder, with everything that can stand in it; all of them are written to a file, to be read by eye."""

from __future__ import annotations

import re

import pytest
import yaml

from bot.hearing.filling import PLACEHOLDERS, SAID_IN_DANGER, for_interpolation, placeholders
from bot.hearing.partner import UNKNOWN, with_partner
from bot.hearing.words import ADJECTIVES
from bot.hearing.wounds import WOUNDS
from bot.settings import ROOT

RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["responses"]
COACHING = (
    "utter_hurt_hear",
    "utter_hurt_deepen",
    "utter_blame_hear",
    "utter_blame_feeling",
    "utter_apology_hear",
    "utter_apology_pain",
    "utter_shame_hear",
    "utter_minimise_mirror",
)
# The second answer of a conversation says back what was told, in some of its wordings.
GOING_ON = (
    "utter_hurt_turned",
    "utter_forgiveness_weight",
    "utter_trust_signs",
    "utter_received_feel",
    "utter_unwilling_side",
    "utter_others_story",
    "utter_distance_remember",
)
IN_DANGER = ("utter_locked_listen_danger", "utter_locked_listen_suicidality")
FEELINGS = sorted({said for _, said in ADJECTIVES.values()} | {name for name, _ in ADJECTIVES.values()} | {"boos en verdrietig"})
MIRROR = {
    **dict.fromkeys((*COACHING, *GOING_ON), "hij lachte je uit, waar zijn vrienden bij waren"),
    "utter_apology_hear": "je hebt tegen je vrouw gelogen",
    "utter_apology_pain": "je hebt tegen je vrouw gelogen",
    "utter_shame_hear": "je hebt je belofte gebroken",
    "utter_minimise_mirror": "je hebt alleen een grapje gemaakt",
}
# The answer to a feeling in a word or two.
NAMED = "utter_feeling_named"


def _rendered(wording: str, **words: str) -> str:
    wording = with_partner(wording, UNKNOWN)
    marked, values = for_interpolation(wording, {name: said for name, said in words.items() if said})
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), marked)


def _wordings(name: str) -> list[str]:
    return [variant["text"] for variant in RESPONSES[name]]


def test_all_renderings_are_sentences() -> None:
    lines = []
    for name in (*COACHING, *GOING_ON, *IN_DANGER):
        for wording in filter(placeholders, _wordings(name)):
            lines += ["", f"{name}: {wording.strip()}"]
            feelings = [word for word in FEELINGS if "{feeling}" in wording] or [""]
            wounds = [word for word in WOUNDS.values() if "{wound}" in wording] or [""]
            lines += [_rendered(wording, feeling=f, wound=w, mirror=MIRROR.get(name, "")).strip() for f in feelings for w in wounds]
    said = [line for line in lines if line and not line.startswith("utter_")]
    folder = ROOT / "reports" / "hearing"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "wordings.txt").write_text("\n".join(lines), "utf-8")
    for line in said:
        assert not re.search(r"\{(?!helplines)", line), line
        assert all(part[0].isupper() or part[0] in "{0123456789" for part in re.split(r"(?<=[.?])\s+", line) if part), line
        assert "  " not in line and ".." not in line and " je je je " not in line, line


@pytest.mark.parametrize("name", COACHING)
def test_a_coaching_response_has_both_kinds(name: str) -> None:
    held = [placeholders(wording) for wording in _wordings(name)]
    assert sum(not found for found in held) >= 6, "general ones"
    assert 4 <= sum(bool(found) for found in held) <= 6
    assert set().union(*held) == set(PLACEHOLDERS)


@pytest.mark.parametrize("name", GOING_ON)
def test_going_on_has_both_kinds_too(name: str) -> None:
    held = [placeholders(wording) for wording in _wordings(name)]
    assert sum(not found for found in held) >= 3
    assert set().union(*held) == {"feeling", "mirror"}


@pytest.mark.parametrize("name", IN_DANGER)
def test_in_danger_only_a_feeling_is_said_back(name: str) -> None:
    held = [placeholders(wording) for wording in _wordings(name)]
    assert set().union(*held) == {"feeling"}
    assert sum(bool(found) for found in held) >= 4 and sum(not found for found in held) >= 6


def test_a_feeling_in_a_word_is_said_back() -> None:
    held = [placeholders(wording) for wording in _wordings(NAMED)]
    assert set().union(*held) == {"feeling"}
    assert sum(not found for found in held) >= 3, "for a word that is none of the feelings"


def test_other_responses_hold_none() -> None:
    assert not [
        name for name in RESPONSES if name not in (*COACHING, *GOING_ON, *IN_DANGER, NAMED) and any(map(placeholders, _wordings(name)))
    ]


def test_no_guilt_is_among_what_is_said_in_danger() -> None:
    assert not SAID_IN_DANGER & {"schuldig", "beschaamd", "jaloers", "opgelucht"}


def test_a_clause_about_the_partner_is_framed_where_the_coach_takes_no_side() -> None:
    framed = (
        "utter_blame_hear",
        "utter_blame_feeling",
        "utter_minimise_mirror",
        "utter_received_feel",
        "utter_unwilling_side",
        "utter_others_story",
    )
    for name in framed:
        for wording in _wordings(name):
            assert "{mirror}" not in wording or ": {mirror}" in wording, wording

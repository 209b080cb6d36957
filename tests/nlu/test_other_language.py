"""Who writes in another language is told once; Dutch, in whatever shape, is never taken for one."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.other_language import ACTION, NOTES, language_of, note_due


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("do you speak english", "en"),
        ("My boyfriend is ignoring me and it hurts", "en"),
        ("she hits me", "en"),
        ("j'ai trompé ma femme", "fr"),
        ("ich habe meine Frau betrogen", "de"),
    ],
)
def test_another_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "hij heeft mij bedrogen",
        "kheb ekik iet stoms gezegd tegen mijn madam",
        "ik wil sorry zeggen, hij is echt upset",
        "mijn man boos op mij ik niet weet waarom",
        "hey alles goed",
        "nee liever iets anders",
        "sorry",
        "help",
        "we had a fight maar hij begon",
    ],
)
def test_dutch(text: str) -> None:
    assert language_of(text) is None


def test_the_note_comes_once() -> None:
    first, again = UserUttered("she lied to me about the money"), UserUttered("I feel so sad about it")
    assert note_due(DialogueStateTracker.from_events("x", [first])) == ACTION
    assert note_due(DialogueStateTracker.from_events("x", [first, ActionExecuted(ACTION)])) == ACTION
    assert note_due(DialogueStateTracker.from_events("x", [first, ActionExecuted(ACTION), again])) is None


@pytest.mark.parametrize("note", NOTES.values())
def test_the_note_names_the_emergency_number_and_a_person(note: str) -> None:
    assert all(part in note for part in ("112", "{name}", "{phone}", "{email}"))

"""'Geen herinnering meer' is heard where a reminder was promised, and nowhere else."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.reminders.policy import speaks_of_reminder

PROMISED = [ActionExecuted("action_finish_reminder"), BotUttered("Goed.", metadata={"utter_action": "utter_reminder_set"})]


def tracker(text: str, *before: object) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c", [*before, ActionExecuted("action_listen"), UserUttered(text)])


@pytest.mark.parametrize(
    "text",
    [
        *("geen herinnering meer", "Geen herinneringen meer graag", "haal die herinnering maar weg", "stop met die herinnering"),
        *("die herinnering hoeft niet meer", "toch liever de herinnering op zondag", "de herinnering mag weg"),
        *("zet de herinnering op zondag", "herinner me liever vrijdag", "vraag maar niet meer hoe het ging", "geen check-in"),
    ],
)
def test_it_is_heard_once_one_was_promised(text: str) -> None:
    assert speaks_of_reminder(tracker(text, *PROMISED))
    assert not speaks_of_reminder(tracker(text))


@pytest.mark.parametrize(
    "text",
    [
        *("ik herinner me niet meer wat hij zei", "ik vraag hem niet hoe het op het werk ging", "geen zin meer", "nee"),
        *("ik heb er geen mooie herinneringen aan", "geen herinnering aan die avond", "die herinnering gaat niet weg"),
        *("hij zei dat ik geen gevoel heb", "het is maar een herinnering"),
    ],
)
def test_other_words_are_not_taken_for_it(text: str) -> None:
    assert not speaks_of_reminder(tracker(text, *PROMISED))

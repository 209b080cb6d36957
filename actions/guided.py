"""What holds in every guided exercise: who was offered a person in the middle of it, and says yes, gets there; a no goes on."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.interruptions import AGAIN, answered
from actions.turns import newest_turn

OFFERS = ("utter_human", "utter_intake")
_BACK = re.compile(r"\W*(?:(?:ga|kan ik|mag ik|even) )*terug\b|\W*vorige( vraag)?\b", re.IGNORECASE)
# 'Nee wacht, doe zondag': what is left after it is the new answer.
_TAKES_BACK = re.compile(
    r"^\W*(?:(?:nee|neen|wacht(?: even)?|ik bedoel(?:de)?|toch|eigenlijk|liever|doe (?:toch |maar )*(?:liever )?|maak (?:er|daar) (?:maar )?)\b[, ]*)+",
    re.IGNORECASE,
)


class GuidedForm(FormValidationAction, ABC):  # type: ignore[misc]
    """Validates a form's answers, after it has seen to it that they are answers to the form.

    `in_order`: the slots whose answers can be taken back or changed afterwards, in the order in which they are asked; `changed`: what is
    said when one was.
    """

    in_order: tuple[str, ...] = ()
    changed = ""

    @abstractmethod
    def name(self) -> str:
        """Name that Rasa expects for the form: `validate_` and the form's own."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """A yes or no to an offer of a person, or to an earlier question, is no answer to this one (see parent class for all others)."""
        turn = newest_turn(tracker, self.name().removeprefix("validate_"))
        asked = (tracker.get_slot("requested_slot") or "").removesuffix(AGAIN)
        if not asked or not turn.answers:
            # With nothing filled in, the form asks.
            return []
        if turn.interrupts() and not self.is_answer(turn.text):
            return answered(turn.intent, asked, [SlotSet(asked, None)], dispatcher)
        if turn.after in OFFERS and (turn.yes or turn.no):
            if turn.no:
                return [SlotSet(asked, None)]
            dispatcher.utter_message(response="utter_intake_start")
            return [SlotSet(asked, None), SlotSet("requested_slot", None), FollowupAction("intake_form")]
        if asked in self.in_order and (earlier := self._answered_before(asked, tracker)):
            if _BACK.match(turn.text):
                return [SlotSet(earlier, None), SlotSet(asked, None)]
            if turn.corrects and (new := _TAKES_BACK.sub("", turn.text).strip(" .,")):
                dispatcher.utter_message(response=self.changed)
                return [SlotSet(earlier, new), SlotSet(asked, None)]
        tracker.add_slots([SlotSet(asked, turn.text)])
        events: list[dict[str, Any]] = await super().run(dispatcher, tracker, domain)
        return events

    def is_answer(self, text: str) -> bool:
        """Whether it answers the form's questions beyond doubt, whatever else it may look like."""
        return False

    def _answered_before(self, asked: str, tracker: Tracker) -> str | None:
        """The question before the present one that has an answer."""
        answered = [name for name in self.in_order[: self.in_order.index(asked)] if tracker.get_slot(name) is not None]
        return answered[-1] if answered else None

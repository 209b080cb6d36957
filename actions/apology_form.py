"""Holds a conversation on the way to an apology: each turn goes to `Course`."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.about_talk import is_question, wants_example
from actions.apology_edits import edit_in
from actions.apology_flow import Apology, Course
from actions.interruptions import GOOD_NEWS, SWITCHES, answered
from actions.turns import messages_of, newest_turn, partner_of

FORM, SLOT = "apology_form", "apology"
_STOPS = re.compile(r"\W*(?:ik|'?k|dat ik) (?:ga |zal )?stop", re.IGNORECASE)


class ValidateApologyForm(Action):  # type: ignore[misc]
    """Takes each turn of the way to an apology; the form only holds the conversation there."""

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_apology_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer the newest message; after a question in between, offer the thread again."""
        turn = newest_turn(tracker, FORM)
        # 'Weg met die zin' speaks of the text, and is no wish to erase the conversation; 'hoe zeg ik dat dan' of the apology, and of no plan.
        asks = turn.intent == "ask_first_step" and (is_question(turn.text) or wants_example(turn.text))
        # 'Ik stop ermee' is what they will do from now on, where that was asked.
        promises = (tracker.get_slot(SLOT) or {}).get("asked") == "no_repeat" and bool(_STOPS.match(turn.text))
        if turn.interrupts(SWITCHES | GOOD_NEWS) and edit_in(turn.text) is None and not (asks or promises):
            return answered(turn.intent, SLOT, [SlotSet(SLOT, tracker.get_slot(SLOT))], dispatcher)
        course = Course(Apology(**(tracker.get_slot(SLOT) or {})), domain["responses"], partner_of(tracker))
        if turn.answers:
            course.answer(turn)
        elif tracker.get_slot("requested_slot"):
            course.ask_again()
        else:
            course.open(turn, messages_of(tracker.events)[:-1])
        for reply in course.replies:
            reply.say(dispatcher)
        ends = course.apology.done or course.to_person
        events = [SlotSet(SLOT, asdict(course.apology)), SlotSet("requested_slot", None if ends else SLOT)]
        return [*events, FollowupAction("intake_form")] if course.to_person else events

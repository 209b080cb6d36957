"""Going on where a conversation stopped: after a question in between, after 'waar waren we?', and on another day."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher

from bot.hearing.topics import EASIER, TOPICS, easier_for

# Guided conversations, and what is said before one goes on.
GUIDED = {
    "apology_form": "utter_back_apology",
    "first_step_form": "utter_back_step",
    "own_message_form": "utter_back_message",
    "checkup_form": "utter_back_checkup",
    "agreement_form": "utter_back_agreement",
    "listening_form": "utter_back_listening",
}
# Topics of which a rule or story says what follows each of their responses: these are said as actions of their own.
CHAINED = tuple(topic for topic in TOPICS if topic != "utter_resist")
# Said by an action, with words that are at hand in that turn only; what takes their place when the thread is picked up.
READ_ALOUD = ("utter_received_read", "utter_received_fault")
AFTER_READING = "utter_received_feel"
# These ask nothing themselves: where no topic was open, the coach asks what it may be about.
NOTHING_ASKED = ("utter_intake_not_now", "utter_out_of_scope")
# After these there is nothing to go on with.
ENDS = ("utter_stopped", "utter_erased", "utter_rest", "utter_change_subject")
# Nor after these, even when it is asked for: all was said.
FINISHED = (
    "utter_apology_done",
    "utter_first_step_plan",
    "utter_round_off",
    "utter_agreement_card",
    "utter_listening_card",
    "utter_checkup_result",
    "utter_checkup_result_even",
)


class ActionThreadAgain(Action):  # type: ignore[misc]
    """After a question in between: the open question of the topic again, in other words."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_thread_again"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say it, or nothing when no topic was open."""
        topic = open_thread(tracker.events, through=())
        if topic is not None:
            return _go_on(topic, dispatcher)
        if _last_said(tracker.events) in NOTHING_ASKED:
            dispatcher.utter_message(response="utter_what_now")
        return []


class ActionMakeEasier(Action):  # type: ignore[misc]
    """'Weet ik niet': the open question with two possibilities to choose from."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_make_easier"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Choose by the topic."""
        topic = open_thread(tracker.events, through=())
        dispatcher.utter_message(response=easier_for(topic) if topic and topic not in GUIDED else EASIER)
        return []


class ActionStay(Action):  # type: ignore[misc]
    """The open question stays open: what comes next is read as the answer to it, as if nothing had been said in between."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_stay"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Take the newest message back for the stories; it stays in the conversation."""
        return [UserUtteranceReverted(), FollowupAction("action_listen")]


class ActionResume(Action):  # type: ignore[misc]
    """'Waar waren we?', or 'hoi' on another day: names what was going on, and goes on with it."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_resume"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Go on with the newest thread; without one, ask what it is about."""
        greets = (tracker.latest_message.get("intent") or {}).get("name") == "greet"
        # Who asks for it goes on even with what was stopped.
        thread = open_thread(tracker.events, through=() if greets else ENDS)
        if thread is None:
            return [FollowupAction("utter_greet" if greets else "utter_back_none")]
        dispatcher.utter_message(response=GUIDED.get(thread, "utter_back_topic"))
        return _go_on(thread, dispatcher)


def open_thread(events: list[dict[str, Any]], through: tuple[str, ...]) -> str | None:
    """The guided conversation, or the response of a topic, that the newest message interrupts; None when it is over.

    `through`: responses that end a thread and are looked past all the same.
    """
    seen_message = False
    for event in reversed(events):
        kind = event.get("event")
        if kind == "user":
            seen_message = True
        elif kind == "active_loop" and seen_message and event.get("name") in GUIDED:
            return str(event["name"])
        elif kind == "bot" and seen_message:
            said = str((event.get("metadata") or {}).get("utter_action"))
            if said in FINISHED or (said in ENDS and said not in through):
                return None
            if said.startswith(READ_ALOUD):
                return AFTER_READING
            if said.startswith(TOPICS):
                return said
    return None


def _go_on(thread: str, dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
    if thread in GUIDED or thread.startswith(CHAINED):
        return [FollowupAction(thread)]
    dispatcher.utter_message(response=thread)
    return []


def _last_said(events: list[dict[str, Any]]) -> str | None:
    for event in reversed(events):
        if event.get("event") == "bot":
            name = (event.get("metadata") or {}).get("utter_action")
            return str(name) if name else None
    return None

"""The check-up of the relationship: reads the marks, says what they show together, and keeps it where the visitor wants that."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.about_talk import is_puzzled, is_question, wants_example
from actions.guided import GuidedForm
from actions.interruptions import AGAIN
from actions.turns import newest_turn
from bot.checkup.address import Shown, address_of
from bot.checkup.answers import Wish, read_answer, read_score
from bot.checkup.kept import Kept, NotKept, keep, newest
from bot.checkup.picture import described, on_day
from bot.checkup.questions import QUESTIONS, SAFETY, corrected_question
from bot.checkup.result import UNSAFE, Result, as_mark, change, in_words, result_of
from bot.settings import settings
from bot.store.encryption import KeyProblem

SKIPPED = "-"
FORM, RESULT = "checkup_form", "action_checkup_result"
OFFER = "utter_checkup_low"
CONCERN = "utter_concern_"
ASK_IF_SAFE = f"{CONCERN}partner_violence"

Events = list[dict[str, Any]]


class ValidateCheckupForm(GuidedForm):
    """Reads each answer: a mark, a correction of an earlier one, or a wish to go back, skip, or see what it shows so far."""

    def name(self) -> str:
        """Name that Rasa expects for the form."""
        return "validate_checkup_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Go on after a question about safety with the mark that stood in the words it was about (see parent class for all others)."""
        if (newest_turn(tracker, FORM).after or "").startswith(CONCERN) and not tracker.get_slot("requested_slot"):
            return _mark_beside_fear(tracker)
        return await super().run(dispatcher, tracker, domain)

    def is_answer(self, text: str) -> bool:
        """A mark, or one of the wishes."""
        return read_answer(text) is not None

    async def get_validation_events(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Replace the newly given text by its mark; what is None is asked (again) by the form."""
        slot = (tracker.get_slot("requested_slot") or "").removesuffix(AGAIN)
        if slot not in QUESTIONS or slot not in tracker.slots_to_validate():
            return []
        text = str(tracker.slots_to_validate()[slot])
        answered = [name for name in QUESTIONS[: QUESTIONS.index(slot)] if tracker.get_slot(name) is not None]
        corrected, mark = corrected_question(text, slot, answered), read_score(text)
        if corrected is not None and mark is not None:
            dispatcher.utter_message(response="utter_checkup_corrected", mark=as_mark(mark))
            return [SlotSet(corrected, mark), SlotSet(slot, None)]
        answer = read_answer(text)
        if answer is Wish.BACK:
            dispatcher.utter_message(response="utter_checkup_back" if answered else "utter_checkup_first")
            return [SlotSet(name, None) for name in (*answered[-1:], slot)]
        if answer is Wish.SO_FAR:
            _say_so_far(dispatcher, _marks(tracker, without=slot))
            return [SlotSet(slot, None)]
        if answer is None:
            asks = is_puzzled(text) or wants_example(text) or is_question(text)
            dispatcher.utter_message(response="utter_checkup_explain" if asks else "utter_checkup_no_score")
        return [SlotSet(slot, SKIPPED if answer is Wish.SKIP else answer)]


class ActionClearCheckup(Action):  # type: ignore[misc]
    """Forgets earlier marks, so that the form asks again."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_clear_checkup"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Empty the slots."""
        return _emptied()


class ActionCheckupResult(Action):  # type: ignore[misc]
    """Says what the marks show: in words, as a picture, what changed, one small thing to do.

    A low mark for safety is asked about first, once (S4); the result comes after the answer, and gives no exercise for two.
    """

    def name(self) -> str:
        """Name in the rules."""
        return "action_checkup_result"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Say it, and go on to the question that comes after it."""
        marks = _marks(tracker)
        result = result_of(marks)
        if result is None:
            dispatcher.utter_message(response="utter_checkup_nothing")
            return _emptied()
        unsafe = marks.get(SAFETY, 10.0) <= UNSAFE
        if unsafe and not _asked_if_safe(tracker.events):
            dispatcher.utter_message(response="utter_checkup_unsafe", mark=as_mark(marks[SAFETY]))
            return [FollowupAction(ASK_IF_SAFE)]
        earlier = _earlier(tracker)
        _say_result(dispatcher, tracker.sender_id, result, earlier)
        if earlier is not None:
            _say_change(dispatcher, earlier, result)
        if unsafe:
            dispatcher.utter_message(response="utter_checkup_small_safety")
        elif not result.even:
            dispatcher.utter_message(response=f"utter_checkup_small_{result.weakest[0]}")
        dispatcher.utter_message(response="utter_checkup_keep_ask", keep_days=settings().keep_intakes_days)
        return []


class ActionKeepCheckup(Action):  # type: ignore[misc]
    """Keeps the areas' means of the check-up, after the visitor said yes."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_keep_checkup"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Keep them; a database that fails is said, and nothing else changes."""
        result = result_of(_marks(tracker))
        if result is None:
            return _next(dispatcher, None)
        try:
            keep(tracker.sender_id, result.areas)
        except NotKept:
            dispatcher.utter_message(response="utter_checkup_not_saved")
        else:
            dispatcher.utter_message(response="utter_checkup_kept")
        return _next(dispatcher, result)


class ActionDropCheckup(Action):  # type: ignore[misc]
    """Forgets the marks: the visitor does not want them kept."""

    def name(self) -> str:
        """Name in the rules."""
        return "action_drop_checkup"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Empty the slots."""
        result = result_of(_marks(tracker))
        dispatcher.utter_message(response="utter_checkup_not_kept")
        return _next(dispatcher, result)


def _mark_beside_fear(tracker: Tracker) -> Events:
    """'Een 2, ik ben bang voor hem': the words were asked about, the mark is kept. With it the check-up may be complete."""
    words, asked = None, None
    for event in reversed(tracker.events):
        if words is not None and event.get("event") == "slot" and event.get("name") == "requested_slot" and event.get("value"):
            asked = str(event["value"]).removesuffix(AGAIN)
            break
        if event.get("event") == "action" and str(event.get("name")).startswith(CONCERN):
            words = ""
        elif event.get("event") == "user" and words == "":
            words = str(event.get("text") or "")
    mark = read_score(words or "")
    if asked not in QUESTIONS or mark is None or tracker.get_slot(asked) is not None:
        return []
    left = [name for name in QUESTIONS if name != asked and tracker.get_slot(name) is None]
    return [SlotSet(asked, mark), *([] if left else [SlotSet("requested_slot", None), FollowupAction(RESULT)])]


def _marks(tracker: Tracker, without: str | None = None) -> dict[str, float]:
    """The marks given so far, by slot."""
    found = {name: tracker.get_slot(name) for name in QUESTIONS if name != without}
    return {name: float(mark) for name, mark in found.items() if isinstance(mark, int | float)}


def _emptied() -> Events:
    return [SlotSet(name, None) for name in QUESTIONS]


def _next(dispatcher: CollectingDispatcher, result: Result | None) -> Events:
    """The end of the check-up: a person is offered where marks are low, else the word is the visitor's. The marks are forgotten."""
    if result is not None and result.low:
        return [*_emptied(), FollowupAction(OFFER)]
    dispatcher.utter_message(response="utter_checkup_next")
    return _emptied()


def _earlier(tracker: Tracker) -> Kept | None:
    try:
        return newest(tracker.sender_id)
    except NotKept:
        # The result is worth seeing without a comparison.
        return None


def _asked_if_safe(events: Events) -> bool:
    return any(event.get("event") == "action" and event.get("name") == ASK_IF_SAFE for event in events)


def _say_so_far(dispatcher: CollectingDispatcher, marks: dict[str, float]) -> None:
    result = result_of(marks)
    if result is None:
        dispatcher.utter_message(response="utter_checkup_nothing_yet")
    else:
        _say_areas(dispatcher, "utter_checkup_so_far", result)


def _say_result(dispatcher: CollectingDispatcher, conversation: str, result: Result, earlier: Kept | None) -> None:
    _say_areas(dispatcher, "utter_checkup_result", result)
    before = earlier.areas if earlier else None
    try:
        address = address_of(Shown(conversation, dict(result.areas), before))
    except KeyProblem:
        return
    dispatcher.utter_message(json_message={"image": address, "alt": described(result.areas, before)})


def _say_areas(dispatcher: CollectingDispatcher, response: str, result: Result) -> None:
    if result.even:
        dispatcher.utter_message(response=f"{response}_even", average=as_mark(result.average))
    else:
        dispatcher.utter_message(response=response, strongest=in_words(result.strongest), weakest=in_words(result.weakest))


def _say_change(dispatcher: CollectingDispatcher, earlier: Kept, result: Result) -> None:
    changed = change(earlier.areas, result.areas)
    if changed is None:
        dispatcher.utter_message(response="utter_checkup_since_same", day=on_day(earlier.day))
        return
    area, before, now = changed
    words = {"area": in_words((area,)), "before": as_mark(before), "now": as_mark(now)}
    dispatcher.utter_message(response="utter_checkup_since", day=on_day(earlier.day), **words)

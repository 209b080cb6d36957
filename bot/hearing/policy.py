"""Whoever was hurt is not asked for a deed of their own: believed at once, whatever flow was running and whatever the classifier made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_DEACTIVATE_LOOP_NAME, ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.alarm.whose import quotes_partner
from bot.hearing.deeds import regrets, tells_deed
from bot.hearing.leaving import thinks_of_leaving
from bot.hearing.roles import admits, done_to_visitor, feels_no_guilt, in_own_pain, says_wronged, was_wounded
from bot.hearing.short_answers import WHOSE, is_unsure
from bot.hearing.sorry import sorry_demanded, sorry_longed_for, sorry_owed, sorry_refused, sorry_wanted
from bot.hearing.topics import TOPICS
from bot.policies import CodePolicy, actions_since_message

BELIEVED, HEAR = "utter_hurt_turned", "utter_hurt_hear"
# To whom was hurt and speaks of a sorry of their own; to whom thinks of leaving; to whom does not want to say sorry, or not yet.
SORRY_FREE, LEAVING, HOLD_BACK = "utter_hurt_sorry_free", "utter_hurt_leaving", "action_hold_back"
# To whom longs for a sorry of the partner.
NO_SORRY_YET = "utter_received_none_yet"
# To whom says 'nee' twice where an apology would begin.
LET_GO = "utter_change_subject"
# In the course of their own pain it goes on here: near its beginning, and later.
PAIN, DEEPEN, MORE = "utter_hurt", "utter_hurt_deepen", "utter_hurt_more"
# Topics of the one who was hurt, beside their pain itself.
OF_THE_HURT = (PAIN, "utter_received", "utter_unwilling", "utter_forgiveness")
# Here the visitor's own deed is asked for or looked at.
OWN_DEED = ("utter_apology", "utter_shame", "utter_minimise", "utter_draft", "utter_review")
ABOUT_SELF = ("utter_shame", "utter_minimise")
HOLDING_BACK = "utter_resist"
# What helped is no deed and no pain.
WENT_WELL = "utter_good_news"
# Forms that ask something of the visitor that only fits when they did something, or want to begin.
FORMS = frozenset({"apology_form", "first_step_form"})
# What the classifier takes for a deed of the visitor's.
READ_AS_OWN = frozenset({"express_apology", "express_shame", "minimise_harm"})
# What it takes for a deed or a sorry, whoever's it is.
READ_AS_SORRY = READ_AS_OWN | {"received_apology", "share_apology_draft"}
# What it takes for the pain of somebody who was hurt.
READ_AS_PAIN = frozenset({"express_hurt", "express_blame"})
# In a long message the classifier has more to go by than these words.
MOST_WORDS = 14
# From here on the classifier is trusted with shame that no word here names.
SURE_OF_SHAME = 0.8

_CONDITION = re.compile(r"\W*(?:als|wanneer|telkens als)\b", re.IGNORECASE)
_NO = re.compile(r"\W*(?:nee+n?|neen|nope)(?:\W+(?:hoor|dank je|nee|niet|echt niet))*\W*", re.IGNORECASE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class WrongedPolicy(CodePolicy):
    """Ends a flow about the visitor's own deed when they say that they are the one who was hurt, and turns to that."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Below alarms and reminders, above rules, forms and stories."""
        return {"priority": 800, "max_history": None}

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The next action of a turn in which somebody says who was hurt; else no opinion."""
        chances = self._default_predictions(domain)
        reply = turn_reply(tracker)
        if reply is None or reply not in domain.action_names_or_texts:
            return self._prediction(chances)
        done = actions_since_message(tracker)
        if tracker.active_loop_name and ACTION_DEACTIVATE_LOOP_NAME not in done:
            # First, so that the rules go on from what is said.
            action = ACTION_DEACTIVATE_LOOP_NAME
        elif reply not in done:
            action = reply
        else:
            action = ACTION_LISTEN_NAME
        chances[domain.index_for_action(action)] = 1.0
        return self._prediction(chances, is_no_user_prediction=True)


def turn_reply(tracker: DialogueStateTracker) -> str | None:
    """What is said to somebody who was taken for the one who did harm; None where the message says no such thing."""
    turn = _turn(tracker)
    return None if turn is None else _about_leaving(turn) or _about_sorry(turn) or _about_hurt(turn) or _about_side(turn)


@dataclass(frozen=True)
class _Turn:
    """The newest message. `form`: what ran when it came, `said`: the coach's last response before it, `earlier`: what the visitor wrote before.

    `sure`: of the intent, 0 to 1; `asked`: the part of an apology that was asked for; `pained_before`: the message before told of pain, too;
    `whose_asked`: whether it was asked before whose pain it is.
    `told`: whether they named a deed of their own on the way to an apology: then what the partner did is a reason or an excuse.
    """

    text: str
    intent: str
    sure: float
    form: str | None
    said: str
    earlier: tuple[str, ...]
    told: bool
    told_nothing: bool
    asked: str | None
    pained_before: bool
    whose_asked: bool

    @property
    def about_own_deed(self) -> bool:
        return self.form == "apology_form" or (self.form is None and self.said.startswith(OWN_DEED))

    @property
    def in_pain(self) -> bool:
        return self.form is None and self.said.startswith(PAIN)

    @property
    def hurt_before(self) -> bool:
        return any(done_to_visitor(text) for text in self.earlier)


def _turn(tracker: DialogueStateTracker) -> _Turn | None:
    events = list(tracker.events)
    at = next((place for place in range(len(events) - 1, -1, -1) if isinstance(events[place], UserUttered)), None)
    if at is None or not _has_words(events[at].text):
        return None
    before = events[:at]
    messages = [event for event in before if isinstance(event, UserUttered) and event.text]
    apology = tracker.get_slot("apology") or {}
    told = apology.get("told", {})
    return _Turn(
        text=events[at].text,
        intent=str(events[at].intent.get("name")),
        sure=float(events[at].intent.get("confidence") or 0.0),
        # The form is ended in the course of the turn: what counts is what ran when the message came.
        form=next((event.name for event in reversed(before) if isinstance(event, ActiveLoop)), None),
        said=next((str((event.metadata or {}).get("utter_action")) for event in reversed(before) if isinstance(event, BotUttered)), ""),
        earlier=tuple(event.text for event in messages),
        told="responsibility" in told or bool(apology.get("draft")),
        told_nothing=not {"story", "responsibility"} & told.keys() and not apology.get("draft"),
        asked=apology.get("asked"),
        pained_before=bool(messages) and _is_pained(messages[-1].text, str(messages[-1].intent.get("name"))),
        whose_asked=any((event.metadata or {}).get("utter_action") == WHOSE for event in before if isinstance(event, BotUttered)),
    )


def _about_leaving(turn: _Turn) -> str | None:
    """Who thinks of leaving is heard; nothing is presumed, and nothing advised."""
    if turn.form not in {None, *FORMS} or not thinks_of_leaving(turn.text):
        return None
    return MORE if turn.in_pain and any(thinks_of_leaving(text) for text in turn.earlier) else LEAVING


def _about_sorry(turn: _Turn) -> str | None:
    """A sorry that is refused, demanded, or longed for: free for whom was hurt; of others it is asked what holds them back."""
    if turn.form not in (None, "apology_form"):
        return None
    if turn.form and turn.told_nothing and _says_no(turn.text) and turn.earlier and _says_no(turn.earlier[-1]):
        return LET_GO
    if turn.form is None and turn.hurt_before and sorry_wanted(turn.text) and any(map(sorry_demanded, turn.earlier)):
        # 'Oké, sorry dan' of somebody who was hurt and is made to say it.
        return SORRY_FREE
    demanded, refused, longed = sorry_demanded(turn.text), sorry_refused(turn.text), sorry_longed_for(turn.text)
    if not (demanded or refused or longed) or (turn.in_pain and sorry_owed(turn.text)):
        # What the partner owes is a part of the pain.
        return None
    hurt = was_wounded(turn.text) or turn.in_pain or any(done_to_visitor(text) for text in turn.earlier)
    if hurt and not turn.told and (demanded or refused):
        return SORRY_FREE if turn.in_pain or turn.form or was_wounded(turn.text) or turn.intent in READ_AS_SORRY else None
    if says_wronged(turn.text):
        # It is the partner who owes it.
        return None
    if not turn.about_own_deed and (turn.said.startswith(TOPICS) or longed or not refused) and turn.intent not in READ_AS_SORRY:
        # A topic that goes its own way, and a longing that was read well.
        return None
    if longed and not turn.told:
        return NO_SORRY_YET
    return HOLD_BACK if refused or longed or not turn.told else None


def _about_hurt(turn: _Turn) -> str | None:
    """Who says that they were hurt is believed."""
    text = turn.text
    if (turn.about_own_deed or turn.form in FORMS) and says_wronged(text):
        return BELIEVED
    if turn.about_own_deed and not turn.told and (done_to_visitor(text) or feels_no_guilt(text)):
        return BELIEVED
    if (turn.form == "apology_form" or turn.said.startswith(ABOUT_SELF)) and turn.form in (None, "apology_form") and _does_not_fit(turn):
        return BELIEVED
    if turn.in_pain and turn.intent == "express_apology" and not (admits(text) or tells_deed(text) or sorry_wanted(text)):
        # 'Dat het mijn schuld was' tells of the pain.
        return DEEPEN if turn.said in (BELIEVED, HEAR) else MORE
    if turn.form is None and (
        ((turn.intent in READ_AS_OWN or turn.said.startswith(HOLDING_BACK)) and done_to_visitor(text))
        or (turn.intent in READ_AS_SORRY and says_wronged(text))
    ):
        return HEAR
    return None


def _does_not_fit(turn: _Turn) -> bool:
    """Whether the way to an apology was begun with somebody who was hurt: no deed was ever told, and their own pain is.

    Who spoke of regret may be hurt as well, and is believed at the second time.
    """
    if any(tells_deed(text) for text in (*turn.earlier, turn.text)):
        return False
    pained = (in_own_pain(turn.text) and turn.asked != "regret") or (
        turn.pained_before and turn.asked not in ("acknowledge_pain", "regret") and _is_pained(turn.text, turn.intent)
    )
    return pained and (turn.pained_before or not any(regrets(text) for text in turn.earlier))


def _is_pained(text: str, intent: str) -> bool:
    return in_own_pain(text) or done_to_visitor(text) or (intent in READ_AS_PAIN and not (tells_deed(text) or regrets(text)))


def _about_side(turn: _Turn) -> str | None:
    """Who tells no deed is not led to an apology, to shame or to their share; it is heard, or asked whose pain it is."""
    text = turn.text
    if turn.form is not None or quotes_partner(text) or turn.said.startswith(WENT_WELL):
        return None
    if tells_deed(text) or sorry_wanted(text):
        # Their own deed in the middle of their pain: what they want to talk of is for them to say.
        reads_on = turn.intent not in ("express_apology", "share_apology_draft") and turn.said.startswith(OF_THE_HURT)
        return WHOSE if reads_on and not (turn.whose_asked or was_wounded(text) or turn.hurt_before) else None
    if turn.intent not in READ_AS_OWN or regrets(text):
        return None
    if turn.said.startswith(OWN_DEED) and turn.intent != "express_apology":
        return None
    if turn.in_pain:
        # The rules of their pain go on.
        return None
    if turn.said == WHOSE and any(tells_deed(text) for text in turn.earlier):
        # 'Was maar om te lachen': of that deed.
        return None
    if turn.said == WHOSE or turn.hurt_before or turn.said.startswith(OF_THE_HURT) or in_own_pain(text) or feels_no_guilt(text):
        return HEAR
    if turn.intent == "express_shame":
        return HEAR if turn.sure < SURE_OF_SHAME or _CONDITION.match(text) else None
    return WHOSE if turn.intent == "express_apology" and len(text.split()) <= MOST_WORDS else None


def _has_words(text: str | None) -> bool:
    """Whether there is something to read in a message: not in a button's, nor in '…', as which the check of a draft plays its stories."""
    return bool(text) and not str(text).startswith("/") and any(letter.isalnum() for letter in str(text))


def _says_no(text: str) -> bool:
    return is_unsure(text) or bool(_NO.fullmatch(text))

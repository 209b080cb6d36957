"""What a visitor says of the talk itself in the middle of a form: that a question was asked already, or that they want help with an answer."""

from __future__ import annotations

import re

from rasa_sdk.executor import CollectingDispatcher

from actions.turns import Turn, quoted

LONGEST = 12
_ALREADY = re.compile(
    r"\b(?:dat|dit|die|deze|zoiets)\b[^.?!]{0,20}\b(?:vroeg|vraagt|vroegt|gevraagd|vraag)\b[^.?!]{0,20}\b(?:al|net|daarnet|eerder|daarstraks|zonet|steeds|weer)\b|"
    r"\b(?:heb|had) (?:ik|je|jij|ge) (?:\w+ ){0,3}(?:al|net|daarnet|eerder|daarstraks|zonet) (?:\w+ ){0,3}(?:gezegd|verteld|geantwoord|gevraagd|uitgelegd|geschreven|beantwoord)\b|"
    r"\b(?:dat|het) zei ik (?:\w+ )?(?:al|net|daarnet|eerder|daarstraks|zonet)\b|\bik (?:heb|had) (?:\w+ ){0,4}(?:al|net|daarnet|eerder|daarstraks|zonet) (?:\w+ ){0,3}(?:gezegd|verteld|geantwoord|uitgelegd|geschreven|beantwoord)\b|"
    r"\b(?:vraag|vraagt|vroeg|zegt|zeg|herhaalt) (?:je|jij|ge|gij)? ?(?:\w+ )?(?:steeds|telkens|altijd|weer|nog eens|opnieuw) (?:\w+ ){0,2}(?:hetzelfde|dezelfde|dat|dit)\b|"
    r"\b(?:je|jij|ge|gij) (?:vraagt|blijft|valt|herhaalt|stelt) (?:\w+ ){0,3}(?:hetzelfde|dezelfde|in herhaling|je(?:zelf)?|het nog eens|daarnaar|dat vragen)\b|"
    r"\b(?:zelfde|dezelfde) vraag\b|\b(?:al|net) (?:gezegd|verteld|geantwoord|gevraagd)\b",
    re.IGNORECASE,
)
# Said to the partner, or by them.
_BETWEEN_THEM = re.compile(r"\b(?:hij|zij|ze|hem|haar|partner|man|vrouw|vriend|vriendin|lief|sorry|spijt|tegen)\b", re.IGNORECASE)
_HELP = re.compile(
    r"\W*(?:(?:kun|kan|wil|zou) (?:je|jij|ge|u) (?:me|mij)? ?(?:\w+ ){0,2}help\w*|help(?: (?:me|mij))?(?: (?:even|eens|eens even|dan|maar|hier|hiermee|ermee|alsjeblieft|aub|svp|a\.?u\.?b))*|"
    r"(?:heb je|geef(?: me| mij| eens| dan)*|mag ik|kun je|kan je)(?: \w+){0,3} voorbeeld\w*(?: geven)?|voorbeeld\w*|bijvoorbeeld|hoe dan|hoe bedoel je(?: dat)?|wat bedoel je(?: daarmee)?|"
    r"hoe (?:zou jij|zeg ik|begin ik|moet ik)(?: (?:dat|dit|het|daar|zoiets|zeggen|dan|eens|mee|beginnen))*|ik (?:kom|geraak) er niet uit|ik heb hulp nodig|hulp|"
    r"ik (?:weet|wist) niet (?:hoe|wat) (?:ik )?(?:\w+ ){0,4}(?:moet|zeggen|zeg|beginnen|schrijven|begin))\W*",
    re.IGNORECASE,
)


def asked_already(text: str) -> bool:
    """'Dat vroeg je al', 'je vraagt steeds hetzelfde', 'dat heb ik al gezegd'."""
    return len(text.split()) <= LONGEST and bool(_ALREADY.search(text)) and not _BETWEEN_THEM.search(text)


def wants_example(text: str) -> bool:
    """'Help me even', 'heb je een voorbeeld', 'hoe zeg ik dat?': nothing that answers."""
    return bool(_HELP.fullmatch(text))


def answered_about_talk(turn: Turn, asked: str, known: str, dispatcher: CollectingDispatcher) -> str | None:
    """Says what belongs to a message about the talk: `example` was asked for, or the question came `already`; None where it is neither.

    `asked`: the slot that was asked for; `known`: the visitor's own words that show that they were read.
    """
    if wants_example(turn.text):
        dispatcher.utter_message(response=f"utter_example_{asked}")
        return "example"
    if not asked_already(turn.text):
        return None
    dispatcher.utter_message(response="utter_asked_already")
    if known:
        dispatcher.utter_message(response="utter_understood", parts=quoted(known))
    return "already"

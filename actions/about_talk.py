"""What a visitor says of the talk itself in the middle of a form: asked already, wanting help, a question of their own, a protest."""

from __future__ import annotations

import re

from rasa_sdk.executor import CollectingDispatcher

from actions.turns import Turn, quoted

LONGEST = 12
LONGEST_QUESTION = 20
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
    r"hoe (?:zou jij|zeg ik|begin ik|zet ik|schrijf ik|pak ik|moet ik)(?: (?:dat|dit|het|daar|zoiets|zeggen|dan|eens|mee|beginnen|er|erin|aan))*|hoe (?:zeg|begin|pak) ik\b[^.!]*\bzonder\b[^.!]*|"
    r"wat (?:zeg|zou) ik (?:dan |het |nu |best )*(?:als eerste|eerst|best|zeggen)?|(?:dat|da) (?:vraag|vroeg) ik (?:\w+ )?(?:aan )?(?:jou|je|u)(?: toch| net| juist)*|ik (?:kom|geraak) er niet uit|ik heb hulp nodig|hulp|"
    r"ik (?:weet|wist) niet (?:hoe|wat) (?:ik )?(?:\w+ ){0,4}(?:moet|zeggen|zeg|beginnen|schrijven|begin))\W*",
    re.IGNORECASE,
)

# A question word and then a verb: 'hoe geef ik het best', and not 'hoe ik tegen je riep'.
_ASKS = re.compile(
    r"\W*(?:(?:en|maar|ja|oké|ok|nee|dus|huh|eh|euh)\b[, ]*)*(?:(?:hoe|wat|waarom|waar|wanneer|wie|welke?|waarmee|hoeveel|hoelang)(?: (?:lang|dan|precies|nu))? "
    r"(?:moet|kan|kun|zou|mis|mist|geef|zeg|doe|doet|begin|wil|is|zijn|bedoel|bedoelt|vind|vindt|mag|denk|ga|gaat|maak|maakt|schrijf|stuur|staat|komt|werkt|wordt|lukt|breng|"
    r"weet|lees|vraag|vraagt|ontbreekt|scheelt|mankeert|klopt|best|beter|verder|voor (?:iets|soort|\w+ (?:is|wordt)))\b(?! ik (?:je|jou)\b(?!.*\b(?:geven|zeggen|sturen|schrijven|doen)\b))|"
    r"(?:en|wat|hoe) (?:nu|dan|verder)\W*$|(?:hoezo|huh|hè|hé|wablief|wat)\W*$|"
    r"(?:kan|kun|wil|zou|moet|mag|bedoel|snap|begrijp|vind|denk|lees|weet|heb|hoor) (?:je|jij|ge|gij|u)\b|(?:moet|mag) (?:ik|het|dat|dit|er)\b|(?:is|kan) (?:het|dat|dit|da|dees|'?t|er) (?!niet\b)|(?:en|maar|ja|wat)\b[, ]*(?:wat )?(?:als|indien|stel dat|moest) (?!ik\b)(?:(?!\b(?:ik|dan)\b).)*$)",
    re.IGNORECASE,
)
_PUZZLED = re.compile(
    r"\W*(?:huh|hè|hé|hoezo|wablief|wat bedoel|hoe bedoel|snap ik niet|(?:dat |dit |de vraag )?(?:snap|begrijp) ik (?:dat |de vraag )?niet)\b",
    re.IGNORECASE,
)
# Said to the partner as a proposal: 'zullen we zaterdag …?'
_PROPOSES = re.compile(r"\W*(?:zullen we|mag ik (?:je|jou)|wil je (?:samen|met me|met mij)|ga je (?:mee|met me))\b", re.IGNORECASE)
_PROTESTS = re.compile(
    r"\b(?:slaat nergens op|(?:je|jij|ge) (?:snapt|begrijpt|luistert|hoort|leest)(?: \w+){0,2} (?:niet|nie|niks)|(?:je|jij|ge) (?:snapt|begrijpt|luistert) (?:niet|nie)|"
    r"(?:dat|dit|zo) (?:heb|zei|zeg|bedoel|bedoelde|schreef|vroeg|wil|wou) ik (?:\w+ ){0,2}(?:niet|nie|nooit)\b(?! meer| (?:\w+ )?(?:tegen|aan|van) )|(?:dat|zo) zou ik (?:\w+ )?(?:niet|nooit) (?:zo )?zeggen|"
    r"(?:dat|dit) (?:is|klopt) (?:\w+ )?(?:niet wat ik|niet mijn|onzin|flauwekul|belachelijk|niet juist|niet waar|raar)|(?:dat|dit) klopt (?:niet|nie)|wat een (?:onzin|flauwekul|rare|stomme)|(?:rare|stomme|domme) (?:vraag|bot|vragen|robot|computer)|"
    r"ik wil (?:gewoon|alleen|enkel)(?: maar)? (?:even )?(?:sorry|mijn excuses|excuses)\b|geen antwoord op mijn vraag)",
    re.IGNORECASE,
)


def asked_already(text: str) -> bool:
    """'Dat vroeg je al', 'je vraagt steeds hetzelfde', 'dat heb ik al gezegd'."""
    return len(text.split()) <= LONGEST and bool(_ALREADY.search(text)) and not _BETWEEN_THEM.search(text)


def wants_example(text: str) -> bool:
    """'Help me even', 'heb je een voorbeeld', 'hoe zeg ik dat?': nothing that answers."""
    return bool(_HELP.fullmatch(text))


def is_question(text: str) -> bool:
    """Whether a short message asks something of the coach: 'per WhatsApp?', 'hoe geef ik het best', and not 'zullen we zaterdag gaan eten?'."""
    if len(text.split()) > LONGEST_QUESTION or _PROPOSES.match(text):
        return False
    return "?" in text or bool(_ASKS.match(text))


def is_puzzled(text: str) -> bool:
    """'Huh?', 'snap ik niet': the question was not clear."""
    return len(text.split()) <= LONGEST and bool(_PUZZLED.match(text))


def protests(text: str) -> bool:
    """'Dat heb ik niet gezegd', 'je begrijpt me niet', 'ik wil gewoon sorry zeggen'."""
    return len(text.split()) <= LONGEST and bool(_PROTESTS.search(text))


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

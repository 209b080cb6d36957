"""What is asked about openly (S4) because of its words, where the classifier hears nothing or another danger; and what answers such a question."""

from __future__ import annotations

import re

from bot.alarm.told import tells_deed, tells_harm

_LOVED = r"(?:mijn|m'n|mn|mijne) (?:man|vrouw|vriendin|vriend|partner|lief|ex|vent|echtgenoot|echtgenote|verloofde)"
_THEY = rf"(?:hij|ie|zij|ze|{_LOVED})"
_OF = rf"(?:voor|van) (?:hem|haar|'m|{_LOVED}|(?:zijn|haar|z'n|d'r) (?:reacties?|woede|buien|boosheid|kwaadheid|handen))"
_SORRY = r"(?:sorry|excuus|excuses|verontschuldig\w*|vergeving vragen|vergiffenis|goed ?(?:te )?maken|op (?:mijn|m'n) knie\w*)"
_PUNISHES = r"(?:praat|spreekt|zegt|negeert|zwijgt|straft|kijkt|slaapt|doet|geeft|laat|wordt|mag ik)"
_FORCED_SORRY = re.compile(
    # 'Ik moet altijd sorry zeggen van hem', 'van haar moet ik het goedmaken'.
    rf"\bik (?:moet|moest)\b[^.!?]{{0,30}}\b{_SORRY}\b[^.!?]{{0,20}}\bvan (?:hem|haar|{_LOVED})|\bik (?:moet|moest) van (?:hem|haar|{_LOVED})\b[^.!?]{{0,30}}\b{_SORRY}|"
    rf"\bvan (?:hem|haar|{_LOVED}) (?:moet|moest) ik\b[^.!?]{{0,30}}\b{_SORRY}|"
    # 'Als ik geen sorry zeg negeert hij mij weken', 'anders praat hij dagen niet tegen mij'.
    rf"\bals ik\b[^.!?]{{0,15}}\b(?:geen|niet|nie)\b[^.!?]{{0,10}}\b{_SORRY}\b[^.!?]{{0,20}}\b(?:{_PUNISHES}|dan)\b[^.!?]{{0,10}}\b{_THEY}\b|"
    rf"\banders (?:praat|spreekt|zegt|negeert|zwijgt|straft) {_THEY}\b[^.!?]{{0,20}}\b(?:dagen\w*|weken\w*|uren\w*|niet|nie|niks|niets)\b|"
    rf"\b(?:dwingt|verplicht|verplichtte|dwong) (?:{_THEY} )?(?:mij|me)\b[^.!?]{{0,30}}\b{_SORRY}",
    re.IGNORECASE,
)
_SEXUAL = re.compile(r"\b(?:seks\w*|sex\w*|vrij\w*|bed|naakt\w*|bloot|aanra\w*|lichaam|intiem|porno|klaar ?kom\w*)\b", re.IGNORECASE)
_AFRAID = re.compile(
    r"\W*(?:ja\W+)?(?:ik|'?k)? ?(?:ben|zen|voel me|word|heb)? ?(?:(?:zo|echt|heel|erg|gewoon|een beetje|soms|altijd|wel|vaak) )*(?:bang|benauwd|angstig|schrik|angst)\W*",
    re.IGNORECASE,
)
_OF_PARTNER = re.compile(
    rf"\W*(?:ja\W+|nee\W+|en |vooral |soms |gewoon )*{_OF}(?: (?:dan|eigenlijk|soms|vooral|als \w+.*))?\W*", re.IGNORECASE
)
_AT_HOMECOMING = re.compile(
    rf"\b(?:zenuwen|zenuwachtig|gespannen|bang|schrik|bibber\w*|tril\w*|misselijk|buikpijn|knoop in mijn maag)\b[^.!?]{{0,25}}\b(?:als|wanneer|zodra) {_THEY} (?:weer |straks )?(?:thuis ?komt|binnenkomt|de deur)",
    re.IGNORECASE,
)
# The mark for feeling safe, put in words: 'ik let altijd goed op wat ik zeg'.
_ON_GUARD = re.compile(
    r"\b(?:let\w*|pas\w*)\b[^.!?]{0,20}\bop\b[^.!?]{0,15}\b(?:zeg|doe|woorden|kijk)\b|\bop (?:mijn|m'n) (?:tellen|hoede|woorden|tenen)\b|\bop eieren\b|"
    r"\b(?:durf|durfde)\b[^.!?]{0,20}\b(?:niet|nie|niks|niets|nooit|weinig)\b|\bhangt\b[^.!?]{0,12}\b(?:af van|van)\b[^.!?]{0,15}\b(?:bui|humeur|hem|haar|dag)\b|"
    r"\b(?:zeg|zwijg|hou)\b[^.!?]{0,12}\b(?:maar niks|maar niets|niks meer|mijn mond|dan maar|liever)\b|\bvoorzichtig\b|\b(?:niet|nie|nooit|onvrij|on)[^.!?]{0,8}veilig\b|\bbang\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    rf"\b(?:dat|het|da|dit) (?:was|is|deed|doet|waren) {_THEY}\b|\b{_THEY} (?:deed|doet|was|is) (?:dat|het|da|dit)\b|\b(?:niet|nie|neen?) (?:ik|mij)\W+(?:maar )?{_THEY}\b|"
    rf"^\W*nee+n?\W+{_THEY}(?: (?:wel|ook|juist|bij mij|mij))*\W*$|^\W*(?:maar |juist )*{_THEY}\b(?!.*\b(?:ik|'k|niet|nooit|geen)\b)|^\W*(?:andersom|omgekeerd)\W*$",
    re.IGNORECASE,
)
# About the letter or the talk: 'ja is hij goed', 'ja klopt toch?', 'is de toon goed?'.
_ABOUT_WORDS = re.compile(
    r"^\W*(?:ja|ok\w*|zo|maar|en|nou)?\W*(?:is|was|klinkt|vind (?:je|u)|staat) (?:het |je )?(?:hij|ie|dit|dat|het|zo|de|mijn)\b[^.!]{0,25}\b(?:goed|ok|oke|oké|genoeg|juist|mooi|beter|klaar|af|duidelijk|zo)\b\W*$|"
    r"\bwat vind (?:je|u)\b|\bvind (?:je|u) (?:hem|het|dit|dat)\b|^\W*(?:ja\W+)?klopt (?:dat |het |dit |hij )?(?:toch|he|hè|zo)?\W*\?|\b(?:brief\w*|tekst|toon|zin|bericht\w*)\b[^.!]{0,30}(?:\?|\bgoed\b)",
    re.IGNORECASE,
)
# Where somebody is, after a yes: 'ja ik zit bij mijn ma' says nothing of a threat.
_WHERE = re.compile(r"^\W*ja\W+(?:ik )?(?:zit|ben|slaap|logeer|verblijf|woon) (?:nu |even |weer )*(?:bij|in|op|ergens)\b", re.IGNORECASE)


def worded_concern(text: str, before: str, asked: str | None) -> str | None:
    """The category that the words of a message ask about; None where they hold nothing.

    Args:
        text: the message.
        before: the visitor's message before it.
        asked: the slot that a form had asked for.
    """
    if asked == "score_safety" and _ON_GUARD.search(text) and not re.search(r"\d", text):
        return "coercive_control"
    if forced_sorry(text):
        return "coercive_control"
    if tells_deed(text):
        # What no layer of the detector heard: 'ik krijg weleens een lel van haar'.
        return "partner_violence" if tells_harm(text) else "own_violence"
    in_two = _AFRAID.fullmatch(before) and _OF_PARTNER.fullmatch(text)
    return "partner_violence" if in_two or _AT_HOMECOMING.search(text) else None


def forced_sorry(text: str) -> bool:
    """Whether the partner makes the visitor say sorry: 'anders praat hij dagen niet tegen mij'."""
    return bool(_FORCED_SORRY.search(text))


def misheard_sorry(text: str, category: str) -> bool:
    """Whether the classifier takes a sorry that is demanded for sex that is."""
    return category == "sexual_violence" and forced_sorry(text) and not _SEXUAL.search(text)


def points_to_partner(text: str) -> bool:
    """Whether somebody who was asked for their own violence tells of the partner: 'dat was hij', 'hij stond op de deur te bonken'."""
    return bool(_POINTS.search(text))


def answers_otherwise(text: str) -> bool:
    """Whether a message that begins as a yes is none to a question about danger: it asks about the text, or tells where somebody is."""
    return bool(asks_about_text(text) or _WHERE.search(text))


def asks_about_text(text: str) -> bool:
    """Whether somebody asks for a view of what they wrote, or of the talk."""
    return bool(_ABOUT_WORDS.search(text))

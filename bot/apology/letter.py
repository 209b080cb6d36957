"""Puts the visitor's own words together as the draft of an apology, said to the partner where that is sure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.apology.review import ELEMENTS
from bot.hearing.clauses import listed
from bot.hearing.verbs import PRESENT, THIRD, is_past
from bot.hearing.words import ADJECTIVES

_BESIDE_A_FEELING = listed("heel zo erg en")
_NOUN = re.compile(
    r"\b(?i:mijn|m'n|mn|mijne) (?i:man|vrouw|partner|lief|vriendin|vriend|echtgenote|echtgenoot|verloofde)\b(?: [A-ZÀ-Þ][a-zà-ÿ]+\b)?"
)
# Stands for the partner while a sentence is turned.
_PARTNER = "\0"
_TOKEN = re.compile(r"\0|[\w'’-]+|[^\w\s\0]|\s+")
_SUBJECTS = {"hij": "he", "ie": "he", "zij": "she", "ze": "she"}
_OBJECTS = {"hem": "he", "haar": "she"}
# 'Zijn' is a verb as often as it is 'his'; between one of these and another word it is sure.
_BEFORE_HIS = listed("heb had over van met voor aan in op tegen naar uit om tijdens door bij waar")
_YOURS = {"is": "bent", "heeft": "hebt", "kan": "kunt", "wil": "wilt", "zal": "zult"}
# Somebody else in the story: then 'haar' may be another.
_SOMEBODY = listed(
    "collega buurvrouw buurman moeder vader mama papa zus zusje broer broertje dochter zoon kind kinderen meisje jongen vriendin vriend "
    "schoonmoeder schoonvader schoonzus schoonbroer baas ex iemand tante oom oma opa nichtje neef"
)
# 'Haar moeder' is named by whose she is; what follows in the sentence with 'ze' may be the mother.
_KIN = (
    r"(?:moeder|vader|mama|papa|ma|pa|zus|zusje|broer|broertje|dochter|zoon|vriendin|vriend|schoonmoeder|schoonvader|schoonzus|schoonbroer|baas|"
    r"collega|tante|oom|oma|opa|nichtje|neef)"
)
_THEIR_KIN = re.compile(rf"\b(?:haar|zijn|d'r|z'n) {_KIN}\b(?![^.!?\n]*\b(?:hij|zij|ze|ie|hem|haar)\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
# 'Kheb …', "'k heb …", and 'heb …' with 'ik' left out.
_WITH_I = re.compile(r"^['’]?k ?(?=(?:heb|had|ben|was|zou|wil|ga|zal|kan|moet|voel|schaam)\b)", re.IGNORECASE)
_WITHOUT_I = re.compile(r"(?:heb|had|ben) (?!ik\b|je\b|jij\b|'?k\b)(?!.*\bik\b)", re.IGNORECASE)
# 'Verkoop ik hem': an answer that goes on from the question.
_GOES_ON = re.compile(rf"(?:{'|'.join(sorted(PRESENT))}|verkoop|zet|leg|bel|haal|breng|stuur|vertel|ruim|los) ik\b", re.IGNORECASE)
# 'Ik weet niet hoe', 'een brief misschien', 'ik wil sorry zeggen': told to the coach, nothing to say to the partner.
_ABOUT_TEXT = re.compile(
    r"\b(?:weet|wist|snap) (?:het )?(?:echt |nog |gewoon )?(?:niet|nie|ni) (?:hoe|wat)(?:\W*$|(?: \w+){0,3} (?:moet|zeg|zeggen|schrijf|schrijven|begin|beginnen)\b)"
    r"|^\W*ik (?:wil|wou|zou|moet) (?:\w+ ){0,2}(?:sorry|excuses) (?:zeggen|aanbieden)\W*$"
    r"|^\W*(?:en |maar |ja |ok )*(?:(?:hoe|waar|wat|welke \w+) (?:zet|schrijf|zeg|doe|moet|kan|breng|begin|verwerk|stuur) ik\b[^?]*\?|(?:nu|wat nu|verder|en dan|zoiets|goed zo)\s*\?)"
    r"|\b(?:geef|toon|laat|lees|maak|schrijf|kun|kan|wil|mag) (?:je|jij|ge|u)\b[^.!?]*\b(?:tekst|brief|versie|zin)\b"
    r"|\bwat ik (?:moet|kan|zou) (?:zeggen|schrijven)\b|\bof zo(?:iets)?\W*$|\bmisschien\W*$|^\W*(?:misschien|wellicht)\b",
    re.IGNORECASE,
)
# 'Ok.', 'Ja.': said to the coach before the sentence itself.
_TO_COACH = re.compile(r"\W*(?:ok|oké|oke|ja|nee|goed|nou|tja|hm+|euh)\W*", re.IGNORECASE)
_SPEECH = re.compile(
    r"[\"“”'‘’:]|\b(?:zei|zeg|gezegd|riep|geroepen|vroeg|gevraagd|schreef|geschreven|app?te|geappt|dat jij)\b", re.IGNORECASE
)
_SPOKEN_TO = re.compile(r"\b(?:jij|jou|jouw)\b", re.IGNORECASE)
# So much of their words two sentences share that say the same; these words do not count.
ALIKE = 0.75
_SMALL = listed("ik je me mij het de een dat en er zo te van in is was heb hebt heeft had ben dan nu ook maar heel erg echt")


def letter(told: Mapping[str, str], name: str | None = None) -> str:
    """The draft: what was told for each element in the order of `ELEMENTS`, one sentence each, in the visitor's words.

    What was told twice stands there once. `name`: how the partner is called, where known.
    """
    parts = ["\n".join(_whole(element, said) for said in _SENTENCE.findall(told[element])) for element in ELEMENTS if told.get(element)]
    sure = not any(_somebody_else(part) for part in parts) and len({kind for part in parts for kind in _kinds(part)}) < 2
    sentences: list[str] = []
    told_sentences = [sentence for part in parts for sentence in map(str.strip, _SENTENCE.findall(part)) if sentence]
    for sentence in [said for said in told_sentences if not _ABOUT_TEXT.search(said)] or told_sentences:
        said = _sentence(to_partner(_named(sentence, name)) if sure else sentence)
        if said and not _TO_COACH.fullmatch(sentence) and not any(alike(said, other) for other in sentences):
            sentences.append(said)
    return " ".join(sentences)


def _whole(element: str, words: str) -> str:
    """Words as a sentence that stands by itself: 'heb gelogen' with its 'ik', 'teleurgesteld' of the partner, 'spijt' of oneself."""
    words = _WITH_I.sub("ik ", words.strip())
    said = words.strip(" .!").lower()
    if _GOES_ON.match(words):
        return f"dan {words[0].lower()}{words[1:]}"
    if _WITHOUT_I.match(words):
        return f"ik {words[0].lower()}{words[1:]}"
    if element == "regret" and said in ("spijt", "veel spijt", "heel veel spijt"):
        return f"ik heb {said}"
    feels = {"acknowledge_pain": "je voelde je", "regret": "ik voel me"}.get(element)
    parts = set(said.split())
    return f"{feels} {said}" if feels and parts <= ADJECTIVES.keys() | _BESIDE_A_FEELING and parts & ADJECTIVES.keys() else words


def alike(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    first, second = (set(re.findall(r"\w+", text.lower())) - _SMALL for text in (one, other))
    return bool(first and second) and len(first & second) / len(first | second) >= ALIKE


def _named(text: str, name: str | None) -> str:
    """The partner's name as a noun; not where they are called by it: 'lieve Anna', 'Anna, het spijt me'."""
    called = rf"(?<![Ll]ieve )(?<![Ll]iefste )(?<![Bb]este )(?<![Dd]ag )(?<![Hh]oi )\b{re.escape(name or '')}\b(?!\s*,)"
    return re.sub(called, "mijn partner", text) if name else text


def to_partner(sentence: str) -> str:
    """The sentence with the partner spoken to, as it stands where that is not sure.

    >>> to_partner("ik heb haar uitgelachen en ze werd stil")
    'ik heb je uitgelachen en je werd stil'
    """
    if _SPOKEN_TO.search(sentence) and not _SPEECH.search(sentence):
        # 'Haar nummer is weg en jij mag mijn telefoon zien': she is somebody else.
        return sentence
    tokens = _TOKEN.findall(_NOUN.sub(lambda _: _PARTNER, sentence))
    words = [place for place, token in enumerate(tokens) if not token.isspace()]
    said = list(tokens)
    she = "she" in _kinds(sentence)
    for at, place in enumerate(words):
        word = tokens[place].lower()
        before = tokens[words[at - 1]].lower() if at else ""
        after = words[at + 1] if at + 1 < len(words) else None
        if word == _PARTNER or word in _SUBJECTS or word in _OBJECTS:
            said[place] = "je"
            if word == _PARTNER and not _is_subject(tokens, at, words, before):
                continue
            if word in _OBJECTS:
                continue
            verb = _verb_of(tokens, words, at, before, after)
            if verb is None:
                return sentence
            said[verb[0]] = verb[1]
        elif word == "zijn" and not she and after is not None and tokens[after].isalpha():
            if before not in _BEFORE_HIS and tokens[words[min(at + 1, len(words) - 1)]].lower() not in _SOMEBODY:
                return sentence
            said[place] = "je"
        elif word == "zich":
            said[place] = "je"
        elif word == "zichzelf":
            said[place] = "jezelf"
    # 'Anna haar feest' says whose it is twice.
    return re.sub(r"\b(je) je\b", r"\1", "".join(said), flags=re.IGNORECASE)


def _is_subject(tokens: list[str], at: int, words: list[int], before: str) -> bool:
    """Whether 'mijn vrouw' at this place does what the verb says: it opens the clause, or stands after 'dat', 'toen', 'en'."""
    follows = tokens[words[at + 1]].lower() if at + 1 < len(words) else ""
    opens = at == 0 or before in (",", "en", "maar", "dat", "toen", "terwijl", "waardoor", "omdat")
    return opens and (follows in THIRD or is_past(follows) or before in ("dat", "toen", "terwijl", "waardoor", "omdat"))


def _verb_of(tokens: list[str], words: list[int], at: int, before: str, after: int | None) -> tuple[int, str] | None:
    """Place of the finite verb of the partner as subject, and its form for 'je'; None when it is not sure."""
    if before and is_past(before):
        # 'Daardoor huilde ze': the same for 'je'.
        return words[at - 1], tokens[words[at - 1]]
    if before in THIRD:
        return None
    if after is None:
        return None
    follows = tokens[after].lower()
    if is_past(follows):
        return after, tokens[after]
    if follows in THIRD:
        return after, _YOURS.get(follows, tokens[after])
    # In a clause under another the verb comes last: 'dat ze verdrietig was', 'omdat ze heeft gehuild'.
    end = next((n for n in range(at + 1, len(words)) if tokens[words[n]] in ",.;!?"), len(words))
    for place in reversed(words[at + 1 : end]):
        word = tokens[place].lower()
        if is_past(word):
            return place, tokens[place]
        if word in ("is", "heeft"):
            return place, _YOURS[word]
        if word in THIRD and place == words[end - 1]:
            # 'Dat ze mij niet meer vertrouwt': the same for 'je'.
            return place, _YOURS.get(word, tokens[place])
    return None


def _kinds(text: str) -> set[str]:
    """Which of 'he' and 'she' a text speaks of."""
    return {{**_SUBJECTS, **_OBJECTS}[word] for word in re.findall(r"\w+", text.lower()) if word in _SUBJECTS or word in _OBJECTS}


def _somebody_else(text: str) -> bool:
    return not _SOMEBODY.isdisjoint(re.findall(r"\w+", _THEIR_KIN.sub(" ", _NOUN.sub(" ", text)).lower()))


def _sentence(words: str) -> str:
    words = re.sub(r"^(?:en|maar|want|dus)\s+(?=\w)", "", words.strip(), flags=re.IGNORECASE)
    words = words[0].upper() + words[1:]
    return words if words[-1] in ".!?" else words + "."

"""The questions of the check-up and their areas. The wordings stand in `domain.yml`, as `utter_ask_` with the name of the slot."""

from __future__ import annotations

import re

# Each area with the slots of its questions, in the order in which they are asked. The one on feeling safe comes last: a low mark
# there is followed at once by an open question. It is an area of its own, so that no other mark hides it.
AREAS: dict[str, tuple[str, ...]] = {
    "attention": ("score_attention", "score_curiosity"),
    "listening": ("score_listening", "score_heard"),
    "repair": ("score_repair",),
    "joy": ("score_joy",),
    "trust": ("score_trust",),
    "safety": ("score_safety",),
}
QUESTIONS: tuple[str, ...] = tuple(slot for slots in AREAS.values() for slot in slots)
SAFETY = "score_safety"
# Each area as the coach names it inside a sentence, and in the picture.
IN_A_SENTENCE = {
    "attention": "aandacht voor elkaar",
    "listening": "luisteren",
    "repair": "het weer goedmaken",
    "joy": "plezier samen",
    "trust": "vertrouwen",
    "safety": "veiligheid",
}
ON_THE_PICTURE = {
    "attention": "Aandacht",
    "listening": "Luisteren",
    "repair": "Goedmaken",
    "joy": "Plezier",
    "trust": "Vertrouwen",
    "safety": "Veiligheid",
}
# How somebody names an earlier question whose mark they change.
NAMED_BY = {
    "score_attention": re.compile(r"\baandacht\b", re.IGNORECASE),
    "score_curiosity": re.compile(r"\bnieuwsgierig\w*|\bbezighoudt\b|\binteresse\b", re.IGNORECASE),
    "score_listening": re.compile(r"\bluister\w*", re.IGNORECASE),
    "score_heard": re.compile(r"\bgehoord\b", re.IGNORECASE),
    "score_repair": re.compile(r"\bgoed ?ma\w+|\bgoed maken\b|\bruzie\w*", re.IGNORECASE),
    "score_joy": re.compile(r"\bplezier\b|\blachen\b|\bleuk\b", re.IGNORECASE),
    "score_trust": re.compile(r"\bvertrouw\w*", re.IGNORECASE),
    "score_safety": re.compile(r"\bveilig\w*|\bvrij\b", re.IGNORECASE),
}
_CHANGE = re.compile(
    r"\b(?:nee,? wacht|wacht|o nee|sorry|ik bedoel(?:de)?|moe(?:s)?t (?:een |\w+ )*zijn|maak (?:er|daar|van)|verander|toch)\b",
    re.IGNORECASE,
)


def corrected_question(text: str, current: str, answered: list[str]) -> str | None:
    """Which earlier question an answer corrects ('nee wacht, luisteren moest een 6 zijn'), None where it answers the current one.

    Args:
        text: the answer.
        current: slot of the question that was asked.
        answered: slots answered before it, oldest first.
    """
    if not answered or not _CHANGE.search(text):
        return None
    named = [slot for slot in answered if NAMED_BY[slot].search(text)]
    if named:
        return named[-1]
    # 'Nee wacht, doe maar een 6' without a name is the answer before, unless the words are about this question.
    return (
        None if NAMED_BY[current].search(text) or not re.match(r"\W*(?:o nee|nee,? wacht|wacht)\b", text, re.IGNORECASE) else answered[-1]
    )

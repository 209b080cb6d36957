"""How plain the coach speaks, measured: short sentences, easy words, no jargon. `python -m tests.wording` lists offenders.

What a sentence must not say stands in `bot/content/wording.py` and `bot/publishing/forbidden.py`, which the studio asks too; the listing
names those as well. Nothing here depends on Rasa or on a test.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from bot.content.wording import problems
from bot.publishing.forbidden import reasons_against
from bot.settings import ROOT, read_settings

# Words in the longest sentence of a wording, and in the mean sentence of a response.
LONGEST_SENTENCE, MEAN_SENTENCE = 20, 14.0
# Flesch-Douma of all wordings of a response together (one sentence alone says little): 60 and above is plain, as for B1.
EASIEST_ALLOWED = 60.0

# What stands for a placeholder when words are counted.
_PLACE = re.compile(r"\{\w+\}")
_CARD_LINE = re.compile(r"^[A-Z][\w ]{0,40}: (?:\{\w+\}|.*\{\w+\}.*)$", re.MULTILINE)
_STIFF = {
    "an order": r"\b(?:je moest|moeten jullie|jullie moeten|je dient|verplicht om|je hoort te)\b",
    "jargon": r"\b(?:communiceren|communicatie\w*|valider\w*|reguler\w*|hechting\w*|trigger\w*|toxisch\w*|narcis\w*|faciliter\w*|proces|interactie\w*"
    r"|dynamiek|patroon|patronen|reflecter\w*|empathisch\w*|boundaries|copingstrategie\w*|problematiek)\b",
    "a diagnosis": r"\b(?:depressie\w*|borderline|verslaafd|ptss|gestoord|ziekelijk|autistisch)\b",
}


def sentences(text: str) -> list[str]:
    """The sentences of a wording; the lines of a card and of helplines are none."""
    plain = _CARD_LINE.sub("", text).replace("{helplines}", "")
    return [part for line in plain.splitlines() for part in re.split(r"(?<=[.?])['\"]?\s+", line.strip()) if re.search(r"\w", part)]


def length(sentence: str) -> int:
    """Words in a sentence; a placeholder counts as one."""
    return len(re.findall(r"[\w'’-]+", _PLACE.sub("woord", sentence)))


def offences(text: str) -> list[str]:
    """What makes one wording hard to read, each in a few words; none when it is plain."""
    found = [what for what, pattern in _STIFF.items() if re.search(pattern, text, re.IGNORECASE)]
    return found + [f"{length(part)} words in a sentence" for part in sentences(text) if length(part) > LONGEST_SENTENCE]


def mean_length(wordings: Sequence[str]) -> float:
    """Words in the mean sentence of a response."""
    return statistics.fmean(length(part) for wording in wordings for part in sentences(wording))


def ease(wordings: Sequence[str]) -> float:
    """Flesch-Douma reading ease of a response's wordings together: 0 hard to 100 and above, very easy."""
    import textstat

    textstat.set_lang("nl_NL")
    text = " ".join(_PLACE.sub("woord", part) for wording in wordings for part in sentences(wording))
    return float(textstat.flesch_reading_ease(text))


def offenders(responses: Mapping[str, Sequence[Mapping[str, Any]]], measured: bool = True) -> Iterator[tuple[str, str, str]]:
    """Every response, wording and offence of a domain's responses; `measured` includes reading ease, which takes a library and seconds."""
    practice = read_settings({}).practice
    for name, variants in responses.items():
        wordings = [str(variant["text"]) for variant in variants if variant.get("text")]
        for wording in wordings:
            for offence in [*offences(wording), *problems(wording, practice), *reasons_against(name, wording)]:
                yield name, wording, offence
        # Parts of a sentence are not read alone.
        if not wordings or not any(re.search(r"[.?]", wording) for wording in wordings):
            continue
        if (mean := mean_length(wordings)) > MEAN_SENTENCE:
            yield name, wordings[0], f"{mean:.1f} words in the mean sentence"
        if measured and (easy := ease(wordings)) < EASIEST_ALLOWED:
            yield name, wordings[0], f"reading ease {easy:.0f}"


def read_responses() -> dict[str, list[dict[str, Any]]]:
    """The responses of `domain.yml`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, list[dict[str, Any]]] = yaml.load((ROOT / "domain.yml").read_text("utf-8"), Loader=loader)["responses"]
    return found


def main() -> int:
    """List offenders, worst kinds together, and the figures of all sentences. Returns the exit status."""
    responses = read_responses()
    found = sorted(offenders(responses), key=lambda row: row[2])
    for name, wording, offence in found:
        sys.stdout.write(f"{name}: {offence}\n    {' '.join(wording.split())}\n")
    lengths = [length(part) for variants in responses.values() for variant in variants for part in sentences(str(variant.get("text", "")))]
    mean, longest = statistics.fmean(lengths), max(lengths)
    sys.stdout.write(f"{len(lengths)} sentences: {mean:.1f} words in the mean one, {longest} in the longest; {len(found)} offenders.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""What a model understands, measured on messages that nobody trained on, beside what the published one does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.examples import examples
from bot.content.files import Content
from bot.content.names import intent_name
from bot.evaluation.parse import Parsed, Pipeline
from bot.evaluation.sets import Labelled, read_set
from bot.publishing.report import BETTER, NOTE, STOPS, WORSE, Figure, Finding
from bot.settings import settings

INTENT_SETS = ("intents_dev", "intents_choose", "real_dev")
ALARM_SETS = ("alarm_dev", "alarm_choose", "real_dev", "intents_dev", "intents_choose")
EXAMPLES = 5
# A difference that a single message makes is no news.
NEWS = 0.005
READINGS_KEPT = 6


@dataclass(frozen=True)
class Reading:
    """What a model made of one message of a set."""

    wanted: Labelled
    intent: str
    alarmed: bool

    @property
    def right(self) -> bool:
        """Whether the intent is the label, or another fair one."""
        return self.intent == self.wanted.intent or self.intent in self.wanted.also_ok


def measured(model: Path, tell: Callable[[str], None]) -> dict[str, list[Reading]]:
    """What a model makes of every set; measured once per model, then read from a file."""
    kept = settings().var_dir / "readings" / f"{model.name.removesuffix('.tar.gz')}.json"
    sets = {name: read_set(name) for name in dict.fromkeys((*INTENT_SETS, *ALARM_SETS))}
    rows = _read(kept, sets)
    if rows is None:
        tell("Meten wat de coach begrijpt")
        texts = sorted({row.text for wanted in sets.values() for row in wanted})
        parsed = dict(zip(texts, Pipeline(model).parse(texts), strict=True))
        rows = {text: [result.intent, result.alarmed] for text, result in parsed.items()}
        _write(kept, rows)
    return {name: [Reading(row, rows[row.text][0], rows[row.text][1]) for row in wanted] for name, wanted in sets.items()}


def compared(before: dict[str, list[Reading]], after: dict[str, list[Reading]]) -> tuple[list[Finding], list[Figure]]:
    """What a draft's model does better or worse than the published one, and the figures."""
    intents = _pairs(before, after, INTENT_SETS, lambda row: row.intent != "none")
    danger = _pairs(before, after, ALARM_SETS, lambda row: row.dangerous)
    harmless = _pairs(before, after, ALARM_SETS, lambda row: row.level == "none")
    figures = [
        _figure("Berichten die de coach goed begrijpt", [(b.right, a.right) for b, a in intents]),
        _figure("Alarmsignalen die de coach opmerkt", [(b.alarmed, a.alarmed) for b, a in danger]),
        _figure("Vals alarm bij gewone berichten", [(b.alarmed, a.alarmed) for b, a in harmless]),
    ]
    return [*_on_danger(danger), *_on_intents(intents, figures[0]), *_on_false_alarms(harmless, figures[2])], figures


def alarms_among_examples(content: Content, base: Content, detector: Callable[[list[str]], list[Parsed]]) -> list[Finding]:
    """New examples that are an alarm for the published detector or its patterns: the draft's own was trained to overlook them."""
    known = {text for messages in examples(base).values() for text in messages}
    new = [(intent, text) for intent, messages in examples(content).items() for text in messages if text not in known]
    results = detector([text for _, text in new]) if new else []
    return [
        Finding(
            STOPS,
            f"'{text}' staat als voorbeeld bij \"{intent_name(intent)}\", maar de coach hoort er een alarmsignaal in. Haal het daar weg: "
            f"anders leert de coach om zulke signalen over te slaan.",
        )
        for (intent, text), result in zip(new, results, strict=True)
        if result.alarmed
    ]


Pair = tuple[Reading, Reading]


def _on_danger(danger: list[Pair]) -> list[Finding]:
    missed, gained = _changed(danger, lambda row: row.alarmed)
    if len(missed) > len(gained):
        text = (
            f"De coach zou {len(missed)} alarmsignalen missen die hij nu wel opmerkt{f', en {len(gained)} nieuwe wel opmerken' if gained else ''}. "
            f"Kijk welke voorbeelden erbij kwamen of weggingen: lijken ze op deze berichten?"
        )
        return [Finding(STOPS, text, _quoted(missed))]
    found = [Finding(NOTE, "Deze alarmsignalen merkt de coach dan niet meer op.", _quoted(missed))] if missed else []
    return found + ([Finding(BETTER, "Deze alarmsignalen merkt de coach dan wel op.", _quoted(gained))] if gained else [])


def _on_intents(pairs: list[Pair], figure: Figure) -> list[Finding]:
    lost, gained = _changed(pairs, lambda row: row.right)
    found = []
    if lost:
        kind = WORSE if figure.before - figure.after >= NEWS else NOTE
        shown = tuple(f'\'{a.wanted.text}\': nu "{intent_name(b.intent)}", straks "{intent_name(a.intent)}"' for b, a in lost[:EXAMPLES])
        found.append(Finding(kind, f"{_messages(len(lost))} begrijpt de coach dan verkeerd.", shown))
    if gained:
        found.append(Finding(BETTER, f"{_messages(len(gained))} begrijpt de coach dan wel goed.", _quoted(gained)))
    return found


def _on_false_alarms(pairs: list[Pair], figure: Figure) -> list[Finding]:
    new, gone = _changed(pairs, lambda row: not row.alarmed)
    found = []
    if new:
        kind = WORSE if figure.after - figure.before >= NEWS else NOTE
        found.append(Finding(kind, f"{_messages(len(new))} geven dan vals alarm.", _quoted(new)))
    if gone:
        found.append(Finding(BETTER, f"{_messages(len(gone))} geven dan geen vals alarm meer.", _quoted(gone)))
    return found


def _pairs(
    before: dict[str, list[Reading]], after: dict[str, list[Reading]], sets: tuple[str, ...], wanted: Callable[[Labelled], bool]
) -> list[Pair]:
    found = [pair for name in sets for pair in zip(before[name], after[name], strict=True) if wanted(pair[0].wanted)]
    return list({pair[0].wanted.text: pair for pair in found}.values())


def _changed(pairs: list[Pair], good: Callable[[Reading], bool]) -> tuple[list[Pair], list[Pair]]:
    """The pairs that were good and are no more, and the other way round."""
    lost = [(b, a) for b, a in pairs if good(b) and not good(a)]
    return lost, [(b, a) for b, a in pairs if good(a) and not good(b)]


def _quoted(pairs: list[Pair]) -> tuple[str, ...]:
    more = (f"en nog {len(pairs) - EXAMPLES}",) if len(pairs) > EXAMPLES else ()
    return (*(f"'{after.wanted.text}'" for _, after in pairs[:EXAMPLES]), *more)


def _messages(count: int) -> str:
    return "Eén bericht" if count == 1 else f"{count} berichten"


def _figure(name: str, pairs: list[tuple[bool, bool]]) -> Figure:
    total = len(pairs)
    return Figure(name, sum(b for b, _ in pairs) / total, sum(a for _, a in pairs) / total, total)


def _read(kept: Path, sets: dict[str, list[Labelled]]) -> dict[str, list[Any]] | None:
    try:
        rows: dict[str, list[Any]] = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return rows if all(row.text in rows for wanted in sets.values() for row in wanted) else None


def _write(kept: Path, rows: dict[str, list[Any]]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    unfinished.replace(kept)
    for old in sorted(kept.parent.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)[READINGS_KEPT:]:
        old.unlink()

"""Writes the figures to `reports/nlu/`: a page in Markdown and pictures, and says the main ones."""

from __future__ import annotations

from pathlib import Path

from bot.apology import review_apology
from bot.evaluation import plots
from bot.evaluation.alarms import AlarmFigures, alarm_figures
from bot.evaluation.apologies import ApologyFigures, apology_figures, read_drafts
from bot.evaluation.intents import IntentFigures, intent_figures, is_right
from bot.evaluation.parse import Parsed, Pipeline
from bot.evaluation.robustness import VARIATIONS
from bot.evaluation.sets import Labelled, read_set
from bot.settings import ROOT

FOLDER = ROOT / "reports" / "nlu"
INTENT_SETS = ("intents_dev", "intents_choose", "real_dev")
TALK = "ordinary_talk"
ALARM_SETS = ("alarm_dev", "alarm_choose", "alarm_plain", "alarm_everyday", "alarm_indirect", "alarm_voices", "real_dev")


def evaluate(model: Path) -> str:
    """Measure `model` on all sets, write the report and its pictures, and return the report's text."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pipeline = Pipeline(model)
    sets = {name: read_set(name) for name in dict.fromkeys([*INTENT_SETS, *ALARM_SETS])}
    results = {name: pipeline.parse([row.text for row in rows]) for name, rows in sets.items()}
    ordinary = [g for w, g in zip(sets["intents_dev"], results["intents_dev"], strict=True) if w.intent != "alarm"]
    talk = pipeline.parse([row.text for row in read_set(TALK)])
    wanted, got = sets["intents_dev"], results["intents_dev"]
    intents = {name: intent_figures(sets[name], results[name]) for name in INTENT_SETS}
    alarms = {name: alarm_figures(sets[name], results[name]) for name in ALARM_SETS}
    main, drafts = intents["intents_dev"], read_drafts()
    plots.confusion_matrix(wanted, got, FOLDER / "confusion.png")
    plots.reliability(main, FOLDER / "reliability.png")
    plots.asking_back(main, FOLDER / "asking-back.png")
    plots.alarm_curve(alarms["alarm_choose"], FOLDER / "alarm-curve.png")
    text = "\n".join(
        [
            "# What the coach understands",
            "",
            "Made by `make evaluate`, on messages that nobody trained on (`tests/evaluation/`).",
            "",
            *_intents(intents),
            *_robustness(pipeline, wanted, got, sets["alarm_dev"]),
            *_alarms(alarms, ordinary, talk),
            *_apologies(apology_figures(drafts, [review_apology(draft.text) for draft in drafts])),
        ]
    )
    (FOLDER / "README.md").write_text(text + "\n", "utf-8")
    return text


def _intents(sets: dict[str, IntentFigures]) -> list[str]:
    main = sets["intents_dev"]
    hardest = sorted(main.f1.items(), key=lambda item: item[1])
    return [
        "## Intents",
        "",
        *_header(list(sets)),
        _line("accuracy", [f.accuracy for f in sets.values()]),
        _line("macro-F1", [f.macro_f1 for f in sets.values()]),
        _line("asked back", [f.asked_back for f in sets.values()]),
        _line("calibration error", [f.calibration_error for f in sets.values()]),
        "",
        "Accuracy is that of the likeliest reading, also where the coach would ask back; `real_dev` without the messages that fit no intent.",
        "",
        "| intent | F1 |",
        "| --- | --- |",
        *[f"| `{name}` | {score:.2f} |" for name, score in hardest],
        "",
        "Worst confusions:",
        "",
        "| is | read as | times |",
        "| --- | --- | --- |",
        *[f"| `{a}` | `{b}` | {n} |" for a, b, n in main.confusions],
        "",
        "![Confusion matrix](confusion.png)",
        "![Reliability](reliability.png)",
        "",
        "Asking back below a threshold of confidence:",
        "",
        "| threshold | asked back | wrong among the answered |",
        "| --- | --- | --- |",
        *[f"| {t:.2f} | {asked:.3f} | {wrong:.3f} |" for t, asked, wrong in main.curve],
        "",
        "![Asking back](asking-back.png)",
        "",
    ]


def _robustness(pipeline: Pipeline, wanted: list[Labelled], got: list[Parsed], alarms: list[Labelled]) -> list[str]:
    plain = sum(is_right(w, g) for w, g in zip(wanted, got, strict=True)) / len(wanted)
    lines = ["## Typed in haste", "", "| | intent accuracy | alarm recall |", "| --- | --- | --- |"]
    danger = [row for row in alarms if row.dangerous]
    recall = sum(g.alarmed for g in pipeline.parse([row.text for row in danger])) / len(danger)
    lines.append(f"| as written | {plain:.3f} | {recall:.3f} |")
    for name, change in VARIATIONS.items():
        read = pipeline.parse([change(row.text) for row in wanted])
        accuracy = sum(is_right(w, g) for w, g in zip(wanted, read, strict=True)) / len(wanted)
        noticed = sum(g.alarmed for g in pipeline.parse([change(row.text) for row in danger])) / len(danger)
        lines.append(f"| {name} | {accuracy:.3f} | {noticed:.3f} |")
    return [*lines, ""]


def _alarms(sets: dict[str, AlarmFigures], ordinary: list[Parsed], talk: list[Parsed]) -> list[str]:
    figures = list(sets.values())
    alarm, choose = sets["alarm_dev"], sets["alarm_choose"]
    return [
        "## Alarms",
        "",
        *_header(list(sets)),
        _line("recall, alarm and acute", [f.recall for f in figures]),
        _line("false alarms on messages without one", [f.false_alarms for f in figures]),
        _line("category right among hits", [f.category_right for f in figures]),
        _line("acute noticed", [f.acute_noticed for f in figures]),
        _line("acute told as acute", [f.acute_as_acute for f in figures]),
        _line("concern noticed at any level", [f.concern_noticed for f in figures]),
        "",
        f"Ordinary messages (`intents_dev` without alarms): {_alarmed(ordinary)}.",
        f"Whole ordinary conversations (`{TALK}`): {_alarmed(talk)} of the messages.",
        "",
        "| category | recall |",
        "| --- | --- |",
        *[f"| `{name}` | {share:.3f} |" for name, share in alarm.recall_by_category.items()],
        "",
        "The classifier's threshold on `alarm_choose`, from which it is chosen (`alarm_dev` only measures):",
        "",
        "| threshold | recall | false alarms | cost |",
        "| --- | --- | --- | --- |",
        *[f"| {t:.2f} | {recall:.3f} | {wrong:.3f} | {cost:.3f} |" for t, recall, wrong, cost in choose.curve],
        "",
        "![Recall against false alarms](alarm-curve.png)",
    ]


def _alarmed(harmless: list[Parsed]) -> str:
    false, asked = (share(harmless, alarmed) for alarmed in (True, False))
    return f"false alarms on {false:.3f}, an open question at {asked:.3f}"


def share(harmless: list[Parsed], alarmed: bool) -> float:
    """The share of messages at which an alarm sounds, or else at which the coach asks openly."""
    return sum(one.alarm is not None and one.alarmed is alarmed for one in harmless) / len(harmless)


def _apologies(figures: ApologyFigures) -> list[str]:
    return [
        "",
        "## Review of an apology",
        "",
        "| `apology_dev` | |",
        "| --- | --- |",
        _line("elements, micro-F1", [figures.elements]),
        _line("faults, micro-F1", [figures.faults]),
        _line("drafts without a fault in which one was found", [figures.innocent_faulted]),
        *[_line(f"`{kind}`, F1", [score]) for kind, score in figures.by_kind.items()],
    ]


def _header(names: list[str]) -> list[str]:
    return ["| | " + " | ".join(f"`{name}`" for name in names) + " |", "| --- " * (len(names) + 1) + "|"]


def _line(title: str, figures: list[float]) -> str:
    return f"| {title} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"

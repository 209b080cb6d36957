"""Writes the figures to `reports/nlu/`: a page in Markdown and pictures, and says the main ones."""

from __future__ import annotations

from pathlib import Path

from bot.evaluation import plots
from bot.evaluation.alarms import AlarmFigures, alarm_figures
from bot.evaluation.intents import IntentFigures, intent_figures, is_right
from bot.evaluation.parse import Parsed, Pipeline
from bot.evaluation.robustness import VARIATIONS
from bot.evaluation.sets import Labelled, read_set
from bot.settings import ROOT

FOLDER = ROOT / "reports" / "nlu"


def evaluate(model: Path) -> str:
    """Measure `model` on all sets, write the report and its pictures, and return the report's text."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pipeline = Pipeline(model)
    sets = {name: read_set(name) for name in ("intents_dev", "real_dev", "alarm_dev")}
    results = {name: pipeline.parse([row.text for row in rows]) for name, rows in sets.items()}
    ordinary = [(w, g) for w, g in zip(sets["intents_dev"], results["intents_dev"], strict=True) if w.intent != "alarm"]
    wanted, got = sets["intents_dev"], results["intents_dev"]
    main, real = intent_figures(wanted, got), intent_figures(sets["real_dev"], results["real_dev"])
    alarm = alarm_figures(sets["alarm_dev"], results["alarm_dev"])
    plots.confusion_matrix(wanted, got, FOLDER / "confusion.png")
    plots.reliability(main, FOLDER / "reliability.png")
    plots.asking_back(main, FOLDER / "asking-back.png")
    plots.alarm_curve(alarm, FOLDER / "alarm-curve.png")
    text = "\n".join(
        [
            "# What the coach understands",
            "",
            "Made by `make evaluate`, on messages that nobody trained on (`tests/evaluation/`).",
            "",
            *_intents(main, real),
            *_robustness(pipeline, wanted, got, sets["alarm_dev"]),
            *_alarms(alarm, alarm_figures(sets["real_dev"], results["real_dev"]), ordinary),
        ]
    )
    (FOLDER / "README.md").write_text(text + "\n", "utf-8")
    return text


def _intents(main: IntentFigures, real: IntentFigures) -> list[str]:
    hardest = sorted(main.f1.items(), key=lambda item: item[1])
    return [
        "## Intents",
        "",
        "| | `intents_dev` | `real_dev` |",
        "| --- | --- | --- |",
        f"| accuracy | {main.accuracy:.3f} | {real.accuracy:.3f} |",
        f"| macro-F1 | {main.macro_f1:.3f} | {real.macro_f1:.3f} |",
        f"| asked back | {main.asked_back:.3f} | {real.asked_back:.3f} |",
        f"| calibration error | {main.calibration_error:.3f} | {real.calibration_error:.3f} |",
        "",
        "Accuracy is that of the likeliest reading, also where the coach would ask back. `real_dev` without the messages that fit no intent.",
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


def _alarms(alarm: AlarmFigures, real: AlarmFigures, ordinary: list[tuple[Labelled, Parsed]]) -> list[str]:
    false = sum(g.alarmed for _, g in ordinary) / len(ordinary)
    return [
        "## Alarms",
        "",
        "| | `alarm_dev` | `real_dev` |",
        "| --- | --- | --- |",
        f"| recall, alarm and acute | {alarm.recall:.3f} | {real.recall:.3f} |",
        f"| false alarms on messages without one | {alarm.false_alarms:.3f} | {real.false_alarms:.3f} |",
        f"| category right among hits | {alarm.category_right:.3f} | {real.category_right:.3f} |",
        f"| acute noticed | {alarm.acute_noticed:.3f} | {real.acute_noticed:.3f} |",
        f"| acute told as acute | {alarm.acute_as_acute:.3f} | {real.acute_as_acute:.3f} |",
        f"| concern noticed at any level | {alarm.concern_noticed:.3f} | {real.concern_noticed:.3f} |",
        "",
        f"False alarms on ordinary messages (`intents_dev` without alarms): {false:.3f}.",
        "",
        "| category | recall |",
        "| --- | --- |",
        *[f"| `{name}` | {share:.3f} |" for name, share in alarm.recall_by_category.items()],
        "",
        "The classifier's threshold; `alarm_dev` is made of hard cases, so both figures are better on what people mostly write:",
        "",
        "| threshold | recall | false alarms | cost |",
        "| --- | --- | --- | --- |",
        *[f"| {t:.2f} | {recall:.3f} | {wrong:.3f} | {cost:.3f} |" for t, recall, wrong, cost in alarm.curve],
        "",
        "![Recall against false alarms](alarm-curve.png)",
    ]

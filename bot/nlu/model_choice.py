"""Which Dutch spaCy model is installed. Imports nothing heavy, so that the start of the servers need not wait for it.

`nl_core_news_sm` is the model of choice; where set-up could not reach it, `nl_ud_sm` from `vendor/` stands in.
"""

from __future__ import annotations

from importlib import metadata, util

MODELS = ("nl_core_news_sm", "nl_ud_sm")


class NoSpacyModelError(RuntimeError):
    """Neither Dutch spaCy model is installed."""


def installed_model() -> str:
    """Name of the Dutch spaCy model to train and run with.

    Raises `NoSpacyModelError` when there is none.
    """
    for name in MODELS:
        if util.find_spec(name) is not None:
            return name
    raise NoSpacyModelError("No Dutch spaCy model is installed. Run 'make setup'.")


def model_identity() -> str:
    """Name and version of the model, as part of what a trained model depends on."""
    name = installed_model()
    return f"{name}-{metadata.version(name)}"

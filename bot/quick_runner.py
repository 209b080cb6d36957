"""Runs Rasa's graph node by node: what understands a message and what chooses an action are a handful of steps, always in the same order.

Rasa plans each run anew with dask, which is made for work on many machines: docs/decisions/0019.
"""

from __future__ import annotations

from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.runner.dask import DaskGraphRunner


class QuickGraphRunner(DaskGraphRunner):  # type: ignore[misc]
    """Gives what Rasa's own runner gives; the order of the steps is worked out once for each set of targets."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run the graph (see parent class). `inputs` by their names; returns the output of each target."""
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._orders:
            self._orders[wanted] = self._order_of(list(wanted))
        outputs = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._orders[wanted]:
            outputs[name] = self._instantiated_nodes[name](*(outputs.get(need, need) for need in needs))
        return dict(outputs[name] for name in wanted)

    def _order_of(self, targets: list[str]) -> list[tuple[str, list[str]]]:
        """Each node that the targets need, after those that it needs itself, and the names of these."""
        nodes = self._graph_schema.minimal_graph_schema(targets).nodes
        needs = {name: list(node.needs.values()) for name, node in nodes.items()}
        return [(name, needs[name]) for name in TopologicalSorter(needs).static_order() if name in needs]

    @cached_property
    def _orders(self) -> dict[tuple[str, ...], list[tuple[str, list[str]]]]:
        return {}

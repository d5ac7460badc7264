"""Bars of three parts beside each other, drawn as the other charts are (see `charts`)."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sroi_portal.core.charts import BAR_HEIGHT, BAR_TOP, WIDTH, hatch
from sroi_portal.core.templatetags import formats

ROW = 56
TEXT, BAR = 16, 26  # below the top of a row


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: what its three parts count."""

    label: str
    parts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class StackChart:
    """Three parts by year or place; the middle one belongs to both others."""

    key: str
    title: str
    description: str
    labels: tuple[str, str, str]
    stacks: Sequence[Stack]
    show: Callable[[int], str] = field(default=formats.count)

    def svg(self) -> SafeString:
        most = max((sum(stack.parts) for stack in self.stacks), default=0) or 1
        rows = [
            self._shapes(stack, BAR_TOP + number * ROW, most)
            for number, stack in enumerate(self.stacks)
        ]
        return render_to_string(
            "charts/stacks.svg.html",
            {
                "chart": self,
                "rows": rows,
                "width": WIDTH,
                "height": BAR_TOP + len(rows) * ROW,
            },
        )

    def _shapes(self, stack: Stack, top: int, most: int) -> dict[str, object]:
        """Place the parts one after the other, in tenths of a pixel."""
        edges = [0]
        for part in stack.parts:
            edges.append(edges[-1] + part)
        places = [(WIDTH - 2) * edge * 10 // most for edge in edges]
        x, end = Decimal(10 + places[1]) / 10, Decimal(10 + places[2]) / 10
        height = BAR_HEIGHT + 4
        return {
            "label": stack.label,
            "text": " + ".join(self.show(part) for part in stack.parts),
            "text_y": top + TEXT,
            "y": top + BAR,
            "height": height,
            "hatch": hatch(x, Decimal(top + BAR), end - x, Decimal(height)),
            "parts": [
                {"x": f"{1 + begin / 10:.1f}", "width": f"{(end - begin) / 10:.1f}"}
                for begin, end in itertools.pairwise(places)
            ],
        }

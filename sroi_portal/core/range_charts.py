"""Charts of where something lies in a range: drawn on the server, a table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sroi_portal.core.charts import WIDTH, Show, nice_ticks, px
from sroi_portal.core.templatetags import formats

TOP, ROW, HEIGHT, MARK = 44, 56, 12, 7
LEFT, RIGHT = 8, WIDTH - 8


@dataclass(frozen=True, slots=True)
class Range:
    """The middle half of many, its middle, and one's own place."""

    label: str
    low: Decimal
    middle: Decimal
    high: Decimal
    own: Decimal


@dataclass(frozen=True, slots=True)
class RangeChart:
    """Ranges below each other on one scale; `key` makes its ids unique on a page."""

    key: str
    title: str
    description: str
    ranges: Sequence[Range]
    show: Show = field(default=formats.pct)

    def svg(self) -> SafeString:
        ticks = nice_ticks(max(max(each.high, each.own) for each in self.ranges))
        scale = (RIGHT - LEFT) / ticks[-1]
        bottom = TOP + len(self.ranges) * ROW
        return render_to_string(
            "charts/ranges.svg.html",
            {
                "chart": self,
                "width": WIDTH,
                "height": bottom + 26,
                "top": TOP - 8,
                "bottom": bottom,
                "text_bottom": bottom + 18,
                "ticks": [
                    {"x": px(LEFT + tick * scale), "text": self.show(tick)} for tick in ticks
                ],
                "rows": [
                    _shapes(each, TOP + number * ROW, scale)
                    for number, each in enumerate(self.ranges)
                ],
            },
        )


def _shapes(each: Range, y: int, scale: Decimal) -> dict[str, str]:
    middle_y = Decimal(y + 24 + HEIGHT // 2)
    own = LEFT + each.own * scale
    corners = ((own - MARK, middle_y), (own, middle_y - MARK), (own + MARK, middle_y))
    return {
        "label": each.label,
        "text_y": str(y + 14),
        "x": px(LEFT + each.low * scale),
        "y": str(y + 24),
        "width": px(max((each.high - each.low) * scale, Decimal(2))),
        "height": str(HEIGHT),
        "middle": px(LEFT + each.middle * scale),
        "mark_top": str(y + 20),
        "mark_bottom": str(y + 28 + HEIGHT),
        "own": " ".join(f"{px(x)},{px(spot)}" for x, spot in (*corners, (own, middle_y + MARK))),
    }

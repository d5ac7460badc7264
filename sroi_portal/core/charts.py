"""Charts drawn on the server: facts in, SVG out, the same in page and PDF.

Geometry and colour stand in the SVG itself, so that a PDF needs no style sheet; classes let a page
put its own tokens over them. Shapes tell the series apart, colour only helps.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sroi_portal.core.templatetags import formats

WIDTH = 720
BAR_TOP, BAR_ROW, BAR_HEIGHT, FRAME, HATCH = 44, 64, 14, 4, 6
NAMED_APART = 140  # that two names of months do not touch
PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BOTTOM, COURSE_HEIGHT = 92, 560, 20, 250, 286
LABEL_GAP = 17
DASHES = ("", "7 4", "2 4", "10 3 2 3", "1 3")
MARKERS = ("circle", "square", "diamond", "", "triangle")
NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))

type Show = Callable[[Decimal], str]
type Spot = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Bar:
    """One contract, ministry or category: what is owed and what is done."""

    label: str
    owed: Decimal
    verified: Decimal
    submitted: Decimal = Decimal(0)
    expected: Decimal | None = None

    @property
    def reach(self) -> Decimal:
        return max(self.owed, self.verified + self.submitted, self.expected or Decimal(0))


@dataclass(frozen=True, slots=True)
class BarChart:
    """Obligation against what is verified and submitted; `key` makes its ids unique on a page."""

    key: str
    title: str
    description: str
    bars: Sequence[Bar]
    show: Show = field(default=formats.euro_round)
    done_label: str = ""  # where another sum than what is verified is drawn

    @property
    def has_expected(self) -> bool:
        return any(bar.expected is not None for bar in self.bars)

    def svg(self) -> SafeString:
        top = max((bar.reach for bar in self.bars), default=Decimal(0)) or Decimal(1)
        rows = [
            _bar_shapes(bar, BAR_TOP + number * BAR_ROW, _scale(top, WIDTH - 2), self.show)
            for number, bar in enumerate(self.bars)
        ]
        height = BAR_TOP + len(rows) * BAR_ROW
        return render_to_string(
            "charts/bars.svg.html",
            {"chart": self, "rows": rows, "width": WIDTH, "height": height},
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One course; a point a day, in order."""

    label: str
    points: Sequence[tuple[dt.date, Decimal]]
    is_stepped: bool = False  # holds for all the days since the point before


@dataclass(frozen=True, slots=True)
class Band:
    """What lies between two lines, under one label."""

    label: str
    low: Line
    high: Line


@dataclass(frozen=True, slots=True)
class CourseChart:
    """How a few sums went over time; the first line is the one that matters."""

    key: str
    title: str
    description: str
    lines: Sequence[Line]
    show: Show = field(default=formats.euro_round)
    band: Band | None = None

    @property
    def columns(self) -> list[Line]:
        """All lines, the edges of the band included, for the table beside the chart."""
        return [*self.lines, *((self.band.low, self.band.high) if self.band else ())]

    @property
    def table(self) -> list[tuple[dt.date, list[Decimal | None]]]:
        """Return for each day the value of each line, for the table beside the chart."""
        by_day = [dict(line.points) for line in self.columns]
        days = sorted({day for values in by_day for day in values})
        return [(day, [values.get(day) for values in by_day]) for day in days]

    def svg(self) -> SafeString:
        points = [point for line in self.columns for point in line.points]
        ticks = nice_ticks(max((value for _day, value in points), default=Decimal(0)))
        days = sorted(day for day, _value in points) or [dt.date.min]
        across = _across(days[0], days[-1])
        up = _up(ticks[-1])
        return render_to_string(
            "charts/course.svg.html",
            {
                "chart": self,
                "width": WIDTH,
                "height": COURSE_HEIGHT,
                "left": PLOT_LEFT,
                "right": PLOT_RIGHT,
                "bottom": PLOT_BOTTOM,
                "ticks": [{"y": px(up(tick)), "text": self.show(tick)} for tick in ticks],
                "days": [
                    {"x": px(across(day)), "text": formats.month(day)}
                    for day in _days_to_name(days, across)
                ],
                **_course_shapes(self.lines, self.band, across, up),
            },
        )


def nice_ticks(top: Decimal) -> list[Decimal]:
    """From nought to at least `top` in one to five round steps."""
    if top <= 0:
        return [Decimal(0), Decimal(1)]
    power = Decimal(10) ** (top / 5).adjusted()
    step = next(nice * power for nice in NICE if nice * power * 5 >= top)
    steps = int((top / step).to_integral_value(ROUND_CEILING))
    return [step * number for number in range(steps + 1)]


def _bar_shapes(
    bar: Bar, y: int, along: Callable[[Decimal], Decimal], show: Show
) -> dict[str, str]:
    verified = along(max(bar.verified, Decimal(0)))  # below zero after carrying over
    submitted = along(bar.submitted)
    bar_y = y + 30
    return {
        "label": bar.label,
        "text": f"{show(bar.verified)} / {show(bar.owed)}",
        "text_y": str(y + 16),
        "y": str(bar_y),
        "height": str(BAR_HEIGHT),
        "frame_y": str(bar_y - FRAME),
        "frame_height": str(BAR_HEIGHT + 2 * FRAME),
        "owed": px(along(bar.owed)),
        "verified": px(verified),
        "submitted_x": px(verified + 1),
        "submitted": px(submitted),
        "hatch": hatch(verified + 1, Decimal(bar_y), submitted, Decimal(BAR_HEIGHT)),
        "expected": "" if bar.expected is None else px(along(bar.expected) + 1),
        "mark_top": str(bar_y - 2 * FRAME),
        "mark_bottom": str(bar_y + BAR_HEIGHT + 2 * FRAME),
    }


def hatch(x: Decimal, y: Decimal, width: Decimal, height: Decimal) -> str:
    """Slanting strokes inside a rectangle, as the data of a path."""
    strokes = []
    offset = Decimal(HATCH)
    while offset < width + height:
        start, end = max(offset - height, Decimal(0)), min(offset, width)
        strokes.append(
            f"M{px(x + start)} {px(y + offset - start)}L{px(x + end)} {px(y + offset - end)}"
        )
        offset += HATCH
    return "".join(strokes)


def _course_shapes(
    lines: Sequence[Line],
    band: Band | None,
    across: Callable[[dt.date], Decimal],
    up: Callable[[Decimal], Decimal],
) -> dict[str, object]:
    """Place lines and band, and their labels so that none overlap."""
    labelled = [*lines, *([band.high] if band else [])]
    ends = _apart([up(line.points[-1][1]) if line.points else Decimal(0) for line in labelled])
    shapes: dict[str, object] = {"lines": _line_shapes(lines, ends, across, up)}
    if band:
        there = [(across(day), up(value)) for day, value in band.high.points]
        back = [(across(day), up(value)) for day, value in band.low.points]
        shapes["band"] = {
            "label": band.label,
            "path": _path([*there, *reversed(back)]),
            "label_y": px(ends[-1] + 5),
        }
    return shapes


def _line_shapes(
    lines: Sequence[Line],
    ends: Sequence[Decimal],
    across: Callable[[dt.date], Decimal],
    up: Callable[[Decimal], Decimal],
) -> list[dict[str, object]]:
    shapes: list[dict[str, object]] = []
    for number, line in enumerate(lines):
        spots = [(across(day), up(value)) for day, value in line.points]
        corners = _stepped(spots) if line.is_stepped else spots
        shapes.append(
            {
                "label": line.label,
                "rank": number + 1,
                "dash": DASHES[number % len(DASHES)],
                "marker": MARKERS[number % len(MARKERS)],
                "path": _path(corners),
                "spots": [{"x": px(x), "y": px(y)} for x, y in spots[-1:]],
                "label_y": px(ends[number] + 5),
            }
        )
    return shapes


def _stepped(spots: Sequence[Spot]) -> list[Spot]:
    """Go up or down at once, where the point before stands."""
    corners = list(spots[:1])
    for (x, _y), (next_x, next_y) in itertools.pairwise(spots):
        corners += [(x, next_y), (next_x, next_y)]
    return corners


def _path(spots: Sequence[Spot]) -> str:
    return " ".join(f"{px(x)},{px(y)}" for x, y in spots)


def _apart(wanted: Sequence[Decimal]) -> list[Decimal]:
    """Push labels down so that no two overlap, and up again above the axis; their order stays."""
    placed: dict[int, Decimal] = {}
    order = sorted(range(len(wanted)), key=lambda each: wanted[each])
    lowest = Decimal(-LABEL_GAP)
    for number in order:
        lowest = placed[number] = max(wanted[number], lowest + LABEL_GAP)
    highest = Decimal(PLOT_BOTTOM + LABEL_GAP)
    for number in reversed(order):
        highest = placed[number] = min(placed[number], highest - LABEL_GAP)
    return [placed[number] for number in range(len(wanted))]


def _days_to_name(days: Sequence[dt.date], across: Callable[[dt.date], Decimal]) -> list[dt.date]:
    """Name the first day, the last, and the one nearest the middle when their names do not touch."""
    first, last = days[0], days[-1]
    middle = (across(first) + across(last)) / 2
    between = min(days, key=lambda day: abs(across(day) - middle))
    room = min(across(between) - across(first), across(last) - across(between))
    return sorted({first, last, *([between] if room >= NAMED_APART else [])})


def _scale(top: Decimal, pixels: int) -> Callable[[Decimal], Decimal]:
    return lambda value: max(value, Decimal(0)) * pixels / top


def _across(first: dt.date, last: dt.date) -> Callable[[dt.date], Decimal]:
    days = max((last - first).days, 1)
    return lambda day: PLOT_LEFT + Decimal((day - first).days * (PLOT_RIGHT - PLOT_LEFT)) / days


def _up(top: Decimal) -> Callable[[Decimal], Decimal]:
    return lambda value: PLOT_BOTTOM - value * (PLOT_BOTTOM - PLOT_TOP) / top


def px(value: Decimal) -> str:
    """One decimal with a point, whatever the language."""
    return f"{value:.1f}".removesuffix(".0")

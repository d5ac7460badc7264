import datetime as dt
import itertools
import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from lxml import etree

from sroi_portal.core import charts
from sroi_portal.core.charts import Bar, BarChart, CourseChart, Line
from tests.core import style_guide

SVG = {"svg": "http://www.w3.org/2000/svg"}


@pytest.fixture(autouse=True, params=["nl", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def drawn(chart):
    return etree.fromstring(chart.svg().replace("<svg", f'<svg xmlns="{SVG["svg"]}"', 1))


def test_a_chart_says_what_it_is_to_who_cannot_see_it():
    for chart in (style_guide.bars(), style_guide.course()):
        svg = drawn(chart)
        named = {
            each.get("id"): each.text for each in svg.xpath("svg:title | svg:desc", namespaces=SVG)
        }
        assert svg.get("role") == "img"
        assert [named[name] for name in svg.get("aria-labelledby").split()] == [
            chart.title,
            chart.description,
        ]


def test_a_chart_needs_neither_style_nor_script():
    for chart in (style_guide.bars(), style_guide.course()):
        assert not re.search(r"<style|<script|style=|href", chart.svg())


def test_geometry_is_written_with_points_in_every_language():
    for chart in (style_guide.bars(), style_guide.course()):
        for name, value in re.findall(r'\s(x|y|width|height|cx|cy)="([^"]+)"', chart.svg()):
            assert re.fullmatch(r"-?\d+(\.\d)?", value), (name, value)


def test_bars_are_as_long_as_their_amounts():
    chart = BarChart("k", "t", "d", [Bar("a", Decimal(400), Decimal(100), Decimal(50))])
    owed, verified, submitted = (
        Decimal(rect.get("width"))
        for rect in drawn(chart).xpath("svg:g[2]/svg:rect", namespaces=SVG)
    )
    assert (owed, verified, submitted) == (718, Decimal("179.5"), Decimal("89.8"))


def test_a_chart_of_nothing_can_be_drawn():
    assert drawn(BarChart("k", "t", "d", [])) is not None
    assert drawn(BarChart("k", "t", "d", [Bar("a", Decimal(0), Decimal(0))])) is not None
    assert drawn(CourseChart("k", "t", "d", [Line("a", [])])) is not None


def test_labels_are_text_and_never_markup():
    chart = BarChart("k", "t", "d", [Bar("<script>x</script>", Decimal(1), Decimal(1))])
    assert "<script>" not in chart.svg()


def test_every_figure_of_a_chart_stands_in_the_table_beside_it():
    bars = render_to_string("charts/bars.html", {"chart": style_guide.bars()})
    course = render_to_string("charts/course.html", {"chart": style_guide.course()})
    for bar in style_guide.bars().bars:
        for amount in (bar.owed, bar.verified, bar.submitted, bar.expected):
            assert f">{charts.formats.euro_round(amount)}<" in bars
    assert course.count("<tr>") == 1 + 24


def test_a_line_that_misses_a_day_leaves_its_cell_open():
    first, second = dt.date(2026, 1, 1), dt.date(2026, 2, 1)
    chart = CourseChart(
        "k",
        "t",
        "d",
        [Line("a", [(first, Decimal(1))]), Line("b", [(first, Decimal(2)), (second, Decimal(3))])],
    )
    assert chart.table == [(first, [Decimal(1), Decimal(2)]), (second, [None, Decimal(3)])]


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        ("0", [0, 1]),
        ("100", [0, 20, 40, 60, 80, 100]),
        ("123400", [0, 25000, 50000, 75000, 100000, 125000]),
        ("7", [0, 2, 4, 6, 8]),
        ("0.3", [Decimal(0), Decimal("0.1"), Decimal("0.2"), Decimal("0.3")]),
    ],
)
def test_ticks_are_round_and_reach_the_top(top, ticks):
    assert charts.nice_ticks(Decimal(top)) == ticks


def test_labels_at_the_ends_of_lines_never_overlap():
    days = [dt.date(2026, 1, 1), dt.date(2026, 12, 1)]
    lines = [Line(name, [(day, Decimal(50)) for day in days]) for name in "abc"]
    svg = CourseChart("k", "t", "d", lines).svg()
    heights = sorted(Decimal(y) for y in re.findall(r'x="574" y="([\d.]+)"', svg))
    assert [after - before for before, after in itertools.pairwise(heights)] == [17, 17]


def test_hatching_stays_inside_its_bar():
    path = charts.hatch(Decimal(10), Decimal(20), Decimal(31), Decimal(14))
    spots = [(Decimal(x), Decimal(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]
    assert all(10 <= x <= 41 and 20 <= y <= 34 for x, y in spots)
    assert charts.hatch(Decimal(0), Decimal(0), Decimal(0), Decimal(0)) == ""


def test_a_stepped_line_goes_up_at_once():
    days = [dt.date(2026, 1, 1), dt.date(2026, 1, 31), dt.date(2026, 3, 2)]
    points = [(days[0], Decimal(50)), (days[1], Decimal(50)), (days[2], Decimal(100))]
    (path,) = re.findall(
        r'points="([^"]+)"', CourseChart("k", "t", "d", [Line("a", points, is_stepped=True)]).svg()
    )
    assert path == "92,135 92,135 326,135 326,20 560,20"


def test_a_band_lies_between_its_lines_and_has_its_figures_in_the_table():
    first, last = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    low = Line("low", [(first, Decimal(10)), (last, Decimal(40))])
    high = Line("high", [(first, Decimal(10)), (last, Decimal(80))])
    lines = [Line("a", [(first, Decimal(10)), (last, Decimal(100))])]
    chart = CourseChart("k", "t", "d", lines, band=charts.Band("between", low, high))
    (path,) = re.findall(r'class="chart__band" points="([^"]+)"', chart.svg())
    assert path == "92,227 560,66 560,158 92,227"
    assert chart.table[-1] == (last, [Decimal(100), Decimal(40), Decimal(80)])
    told = render_to_string("charts/course.html", {"chart": chart})
    assert all(f">{name}</th>" in told for name in ("a", "low", "high"))
    assert ">between</text>" in told


def test_labels_stay_above_the_axis():
    days = [dt.date(2026, 1, 1), dt.date(2026, 12, 1)]
    lines = [Line("top", [(days[0], Decimal(50))])]
    lines += [Line(name, [(day, Decimal(0)) for day in days]) for name in "abc"]
    svg = CourseChart("k", "t", "d", lines).svg()
    heights = [Decimal(y) for y in re.findall(r'x="574" y="([\d.]+)"', svg)]
    assert max(heights) == charts.PLOT_BOTTOM + 5


def test_names_of_months_below_a_course_never_touch():
    first, last = dt.date(2026, 10, 1), dt.date(2028, 9, 30)
    for middle, named in ((dt.date(2026, 11, 22), 2), (dt.date(2027, 9, 30), 3)):
        points = [(day, Decimal(1)) for day in (first, middle, last)]
        svg = drawn(CourseChart("k", "t", "d", [Line("a", points)]))
        texts = svg.xpath("svg:text[@text-anchor='middle']", namespaces=SVG)
        assert len(texts) == named

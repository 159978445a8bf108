"""Figures -> pictures: Vega-Lite charts in the colours of the reader, and the files made of them.

The charts are written as Vega-Lite has them: Altair, which writes the same, looks at every row for seconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from divergence import TITLES
from reviews.review import Review
from views.summaries.figures import VERDICTS, Agreement, Figures, Point, along, counted, counts_told, distribution
from views.summaries.words import hop_names

Chart = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
# Percentiles at which the colour changes, as in the reader.
LEVELS = (50, 80, 95)
LEVEL_NAMES = ("below the 50th", "from the 50th", "from the 80th", "from the 95th")
# Shapes tell what was said of a unit's alarms; one that is still undecided decides.
SHAPES = {"": "triangle-down", "shift": "diamond", "error": "cross", "dismissed": "circle"}
# Points of the pictures in a file, without axes; and of divergence on the screen, with axes, without and with legend.
HEIGHT, WIDTH_OF_FILE = 130, 900
TALL, TALL_WITH_LEGEND = 165, 225
# Where bars begin, so that the lowest is seen too; and how wide they are, of the room of a unit.
FOOT, WIDE = -2, 0.84
# How much finer than the screen a PNG is.
FINER = 2
FONT = "'Source Sans 3', 'Source Sans', 'Noto Sans', 'Noto Sans CJK KR', 'Malgun Gothic', sans-serif"


@dataclass(frozen=True, slots=True)
class Colours:
    """The tokens of the reader that a picture uses."""

    paper: str
    ink: str
    soft: str
    line: str
    levels: tuple[str, str, str, str]
    human: str
    error: str


# The same as at the head of views/reader/styles/reader.css.
LIGHT = Colours(
    "#fcfbf8", "#1f1d1a", "#6d6860", "#e3dfd5", ("#8f897b", "#a98416", "#c4701f", "#b8402f"), "#2f5d9b", "#b8402f"
)
DARK = Colours(
    "#171614", "#e9e5dc", "#a39d92", "#34312c", ("#7d776b", "#b5953a", "#c9793a", "#cd5c4e"), "#86b2ec", "#e58476"
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is drawn: in a file it has a title of its own, which on the screen the page has."""

    colours: Colours
    is_file: bool = False


def divergence_chart(made: Figures, review: Review, hop: str, look: Look, *, legend: bool = True) -> Chart:
    """The divergence along the document over a hop: a bar a unit, and above it a sign where there is an issue.

    Args:
        made: the figures of the review.
        review: the document.
        hop: the id of one of its comparisons.
        look: how it is drawn.
        legend: False where another picture beside it explains the signs.
    """
    rows = [_row(one) for one in made.points if one.hop == hop]
    there = {row["unit"] for row in rows}
    # A unit without a text on one side has no percentile, which is not the same as the lowest.
    nothing = [{"unit": unit, "name": str(unit)} for unit in range(1, made.units + 1) if unit not in there]
    told: Chart = {} if legend else {"legend": None}
    tips = [{"field": name, "type": "nominal", "title": title} for name, title in TIPS.items()]
    axis = {"title": "unit", "scale": {"domain": [0.5, made.units + 0.5], "nice": False}, "axis": X_AXIS}
    x = {"field": "unit", "type": "quantitative", **axis}
    y = {"type": "quantitative", "title": "percentile", "scale": {"domain": [FOOT, 112], "nice": False}, "axis": Y_AXIS}
    bars = {
        "data": {"values": rows},
        "mark": {"type": "rect"},
        "encoding": {
            "x": {**x, "field": "left"}, "x2": {"field": "right"}, "y": {"field": "percentile", **y}, "y2": {"datum": FOOT},
            "color": {"field": "level", "type": "nominal", "title": "percentile in its hop", **told,
                      "scale": {"domain": list(LEVEL_NAMES), "range": list(look.colours.levels)}},
            "tooltip": tips,
        },
    }  # fmt: skip
    signs = {
        "data": {"values": [row for row in rows if row["said"]]},
        "mark": {"type": "point", "size": 34, "strokeWidth": 1.4, "filled": False, "color": look.colours.ink},
        "encoding": {
            "x": x, "y": {"field": "above", **y}, "tooltip": tips,
            "shape": {"field": "said", "type": "nominal", "title": "its issues", **told,
                      "scale": {"domain": list(VERDICTS.values()), "range": list(SHAPES.values())}},
        },
    }  # fmt: skip
    gaps = {
        "data": {"values": nothing},
        "mark": {"type": "text", "text": "–", "color": look.colours.soft, "baseline": "bottom", "dy": 2},
        "encoding": {
            "x": x, "y": {"datum": FOOT, **y},
            "tooltip": [{"field": "name", "type": "nominal", "title": "unit, nothing to compare"}],
        },
    }  # fmt: skip
    height = HEIGHT if look.is_file else TALL_WITH_LEGEND if legend else TALL
    title = hop_names(review.document)[hop] if look.is_file else ""
    return _framed([bars, signs, gaps], along(made, review, hop), title, height)


TIPS = {"name": "unit", "rank": "percentile in its hop", "value": "divergence, 0 to 1", "issues": "issues"}
X_AXIS: Chart = {"format": "d", "tickMinStep": 1, "grid": False}
Y_AXIS: Chart = {"values": [0, *LEVELS], "tickSize": 3, "labelOverlap": False}


def _row(one: Point) -> Chart:
    """A point as a row of the picture's data."""
    said = None
    if one.alarms:
        verdicts = [alarm.verdict for alarm in one.alarms]
        said = VERDICTS[next(each for each in ("", "error", "shift", "dismissed") if each in verdicts)]
    listed = [f"{TITLES[each.kind]} ({VERDICTS[each.verdict]})" for each in one.alarms]
    return {
        "unit": one.number,
        "left": one.number - WIDE / 2,
        "right": one.number + WIDE / 2,
        "above": one.percentile + 6,
        "name": str(one.number),
        "percentile": one.percentile,
        "rank": str(one.percentile),
        "value": f"{one.value:.2f}",
        "level": LEVEL_NAMES[sum(one.percentile >= bound for bound in LEVELS)],
        "said": said,
        "issues": ", ".join(listed) or "none",
    }


def issue_chart(found: Sequence[Agreement], name: str, most: int, look: Look, *, legend: bool = True) -> Chart:
    """How many issues a hop called `name` has, by kind and verdict; the counts stand beside the bars in words.

    Args:
        found: the counts of a hop.
        name: what the hop is called.
        most: the longest bar of all hops, so that they have one scale.
        look: how it is drawn.
        legend: False where another picture beside it explains the colours.
    """
    colours = look.colours
    rows = [
        {"kind": TITLES[one.kind], "count": count, "verdict": VERDICTS[verdict], "order": place}
        for one in found
        for place, (verdict, count) in enumerate(one.counts.items())
        if count
    ]
    ends = [{"kind": TITLES[one.kind], "count": one.alarms, "told": counts_told(one)} for one in found]
    kinds = [TITLES[one.kind] for one in found]
    y = {"field": "kind", "type": "nominal", "title": None, "sort": kinds, "axis": {"ticks": False, "domain": False}}
    # The words behind the longest bar need as much room as the bar.
    scale = {"domain": [0, max(1, most) * 2.2], "nice": False}
    x = {"field": "count", "type": "quantitative", "scale": scale, "axis": None}
    edges = [colours.levels[2], colours.human, colours.error, colours.soft]
    fills = [colours.levels[1], colours.human, colours.error, colours.paper]
    said = {"field": "verdict", "type": "nominal", "title": "what people said"} | ({} if legend else {"legend": None})
    names = list(VERDICTS.values())
    tips = [
        {"field": "kind", "type": "nominal"}, {"field": "verdict", "type": "nominal"},
        {"field": "count", "type": "quantitative", "title": "issues"},
    ]  # fmt: skip
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 13, "strokeWidth": 1.4},
        "encoding": {
            "y": y, "x": x, "order": {"field": "order", "type": "quantitative"}, "tooltip": tips,
            "fill": {**said, "scale": {"domain": names, "range": fills}},
            "stroke": {**said, "scale": {"domain": names, "range": edges}},
        },
    }  # fmt: skip
    counts = {
        "data": {"values": ends},
        "mark": {"type": "text", "align": "left", "dx": 6, "color": colours.ink},
        "encoding": {"y": y, "x": x, "text": {"field": "told", "type": "nominal"}},
    }
    return _framed([bars, counts], distribution(found, name), name if look.is_file else "", {"step": 24})


def issue_charts(made: Figures, review: Review, look: Look) -> dict[str, Chart]:
    """The picture of issues of every hop that has any, by the hop's id; the last has the legend of all."""
    found = {hop.id: counted(made, hop.id) for hop in review.document.comparisons}
    found = {hop: of_hop for hop, of_hop in found.items() if of_hop}
    most = max((one.alarms for of_hop in found.values() for one in of_hop), default=0)
    names = hop_names(review.document)
    return {
        hop: issue_chart(of_hop, names[hop], most, look, legend=look.is_file or hop == list(found)[-1])
        for hop, of_hop in found.items()
    }


def divergence_charts(made: Figures, review: Review, look: Look) -> dict[str, Chart]:
    """The picture of divergence of every hop that compares anything, by the hop's id; the last has the legend of all."""
    there = {one.hop for one in made.points}
    hops = [hop.id for hop in review.document.comparisons if hop.id in there]
    return {hop: divergence_chart(made, review, hop, look, legend=look.is_file or hop == hops[-1]) for hop in hops}


def _framed(layers: list[Chart], description: str, title: str, height: Any) -> Chart:
    """The layers as a chart of its size, with a title where it has one."""
    made: Chart = {"layer": layers, "height": height, "width": "container", "description": description}
    return {**made, "title": title} if title else made


def dressed(chart: Chart, colours: Colours) -> Chart:
    """The chart in the colours and the letters of the reader."""
    small = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "titleColor": colours.soft}
    lines = {"domainColor": colours.line, "tickColor": colours.line, "gridColor": colours.line}
    config: Chart = {
        "background": colours.paper,
        "font": FONT,
        "padding": 12,
        "axis": {**small, **lines, "labelColor": colours.soft},
        "legend": {
            **small, "labelColor": colours.ink, "symbolStrokeColor": colours.ink, "orient": "bottom", "labelLimit": 300,
        },
        "view": {"stroke": None},
        "title": {"color": colours.ink, "anchor": "start", "fontSize": 14, "fontWeight": "normal", "subtitleColor": colours.soft},
    }  # fmt: skip
    return {"$schema": SCHEMA, **chart, "config": config}


def picture(charts: Iterable[Chart], heading: str, suffix: str, *, below: str = "") -> bytes:
    """The charts above one another as a file: `suffix` is ".png" or ".svg"; in the light colours, for paper.

    Args:
        charts: made for a file, in LIGHT.
        heading: what stands above them all, such as the document's title.
        suffix: of the file.
        below: what stands below the heading, such as which texts only stand in for others.
    """
    import vl_convert

    title = {"text": heading, "subtitle": below, "offset": 14, "fontSize": 15}
    made = dressed({"vconcat": [{**chart, "width": WIDTH_OF_FILE} for chart in charts], "title": title}, LIGHT)
    if suffix == ".svg":
        return vl_convert.vegalite_to_svg(made).encode()
    return vl_convert.vegalite_to_png(made, scale=FINER)

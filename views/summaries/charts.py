"""Figures -> pictures: Vega-Lite charts in the colours of the reader, and the files made of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from divergence import TITLES
from reviews.review import Review
from views.summaries.figures import VERDICTS, Agreement, Figures, along, counted, counts_told, distribution
from views.summaries.words import hop_names

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


def divergence_chart(made: Figures, review: Review, hop: str, look: Look, *, legend: bool = True) -> Any:
    """The divergence along the document over a hop: a bar a unit, and above it a sign where there is an issue.

    Args:
        made: the figures of the review.
        review: the document.
        hop: the id of one of its comparisons.
        look: how it is drawn.
        legend: False where another picture beside it explains the signs.
    """
    import altair as alt

    rows = [_row(one) for one in made.points if one.hop == hop]
    told = alt.Undefined if legend else None
    colours = look.colours
    there = {row["unit"] for row in rows}
    nothing = [{"unit": unit, "name": str(unit)} for unit in range(1, made.units + 1) if unit not in there]
    scale, axis = alt.Scale(domain=[0.5, made.units + 0.5], nice=False), alt.Axis(format="d", tickMinStep=1, grid=False)
    x = alt.X("unit:Q", title="unit", scale=scale, axis=axis)
    y = alt.Y(
        "percentile:Q", title="percentile", scale=alt.Scale(domain=[FOOT, 112], nice=False),
        axis=alt.Axis(values=[0, *LEVELS], tickSize=3, labelOverlap=False),
    )  # fmt: skip
    level = alt.Scale(domain=list(LEVEL_NAMES), range=list(colours.levels))
    shape = alt.Scale(domain=list(VERDICTS.values()), range=list(SHAPES.values()))
    tips = [alt.Tooltip(f"{name}:N", title=title) for name, title in TIPS.items()]
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_rect()
        .encode(
            x=alt.X("left:Q", title="unit", scale=scale, axis=axis), x2="right:Q", y=y, y2="foot:Q", tooltip=tips,
            color=alt.Color("level:N", title="percentile in its hop", scale=level, legend=told),
        )
    )  # fmt: skip
    signs = (
        alt.Chart(alt.Data(values=[row for row in rows if row["said"]]))
        .mark_point(size=34, strokeWidth=1.4, filled=False, color=colours.ink)
        .encode(x=x, y="above:Q", tooltip=tips, shape=alt.Shape("said:N", title="its issues", scale=shape, legend=told))
    )
    # A unit without a text on one side has no percentile, which is not the same as the lowest.
    gaps = (
        alt.Chart(alt.Data(values=nothing))
        .mark_text(text="–", color=colours.soft, baseline="bottom", dy=2)
        .encode(x=x, y=alt.datum(FOOT), tooltip=[alt.Tooltip("name:N", title="unit, nothing to compare")])
    )
    height = HEIGHT if look.is_file else TALL_WITH_LEGEND if legend else TALL
    name = hop_names(review.document)[hop]
    return _framed(bars + signs + gaps, along(made, review, hop), name if look.is_file else "", height)


TIPS = {"name": "unit", "rank": "percentile in its hop", "value": "divergence, 0 to 1", "issues": "issues"}


def _row(one: Any) -> dict[str, Any]:
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
        "foot": FOOT,
        "above": one.percentile + 6,
        "name": str(one.number),
        "percentile": one.percentile,
        "rank": str(one.percentile),
        "value": f"{one.value:.2f}",
        "level": LEVEL_NAMES[sum(one.percentile >= bound for bound in LEVELS)],
        "said": said,
        "issues": ", ".join(listed) or "none",
    }


def issue_chart(found: Sequence[Agreement], name: str, most: int, look: Look, *, legend: bool = True) -> Any:
    """How many issues a hop called `name` has, by kind and verdict; the counts stand beside the bars in words.

    Args:
        found: the counts of a hop.
        name: what the hop is called.
        most: the longest bar of all hops, so that they have one scale.
        look: how it is drawn.
        legend: False where another picture beside it explains the colours.
    """
    import altair as alt

    colours = look.colours
    rows = [
        {"kind": TITLES[one.kind], "count": count, "verdict": VERDICTS[verdict], "order": place}
        for one in found
        for place, (verdict, count) in enumerate(one.counts.items())
        if count
    ]
    ends = [{"kind": TITLES[one.kind], "count": one.alarms, "told": counts_told(one)} for one in found]
    y = alt.Y("kind:N", title=None, sort=[TITLES[one.kind] for one in found], axis=alt.Axis(ticks=False, domain=False))
    # The words behind the longest bar need as much room as the bar.
    x = alt.X("count:Q", title="issues", scale=alt.Scale(domain=[0, max(1, most) * 2.2], nice=False), axis=None)
    stroke = {
        "undecided": colours.levels[2],
        "shift": colours.human,
        "error": colours.error,
        "dismissed": colours.soft,
    }
    fill = {**stroke, "dismissed": colours.paper, "undecided": colours.levels[1]}
    told = {"title": "what people said", "legend": alt.Undefined if legend else None}
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(height=13, strokeWidth=1.4)
        .encode(
            y=y, x=x, order="order:Q",
            fill=alt.Fill("verdict:N", scale=alt.Scale(domain=list(fill), range=list(fill.values())), **told),
            stroke=alt.Stroke("verdict:N", scale=alt.Scale(domain=list(fill), range=list(stroke.values())), **told),
            tooltip=[alt.Tooltip("kind:N"), alt.Tooltip("verdict:N"), alt.Tooltip("count:Q", title="issues")],
        )
    )  # fmt: skip
    counts = (
        alt.Chart(alt.Data(values=ends))
        .mark_text(align="left", dx=6, color=colours.ink)
        .encode(y=y, x=x, text="told:N")
    )
    return _framed(bars + counts, distribution(found, name), name if look.is_file else "", alt.Step(24))


def issue_charts(made: Figures, review: Review, look: Look) -> dict[str, Any]:
    """The picture of issues of every hop that has any, by the hop's id; the last has the legend of all."""
    found = {hop.id: counted(made, hop.id) for hop in review.document.comparisons}
    found = {hop: of_hop for hop, of_hop in found.items() if of_hop}
    most = max((one.alarms for of_hop in found.values() for one in of_hop), default=0)
    names = hop_names(review.document)
    return {
        hop: issue_chart(of_hop, names[hop], most, look, legend=look.is_file or hop == list(found)[-1])
        for hop, of_hop in found.items()
    }


def divergence_charts(made: Figures, review: Review, look: Look) -> dict[str, Any]:
    """The picture of divergence of every hop that compares anything, by the hop's id; the last has the legend of all."""
    there = {one.hop for one in made.points}
    hops = [hop.id for hop in review.document.comparisons if hop.id in there]
    return {hop: divergence_chart(made, review, hop, look, legend=look.is_file or hop == hops[-1]) for hop in hops}


def _framed(chart: Any, description: str, title: str, height: Any) -> Any:
    """The chart with its size, and with a title where it has one."""
    made = chart.properties(height=height, width="container", description=description)
    return made.properties(title=title) if title else made


def dressed(chart: Any, colours: Colours) -> Any:
    """The chart in the colours and the letters of the reader."""
    axis = {
        "labelColor": colours.soft, "titleColor": colours.soft, "domainColor": colours.line, "tickColor": colours.line,
        "gridColor": colours.line, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
    }  # fmt: skip
    legend = {"labelColor": colours.ink, "titleColor": colours.soft, "titleFontWeight": "normal", "labelFontSize": 12,
              "titleFontSize": 12, "orient": "bottom", "symbolStrokeColor": colours.ink, "labelLimit": 300}  # fmt: skip
    return (
        chart.configure(background=colours.paper, font=FONT, padding=12)
        .configure_axis(**axis)
        .configure_legend(**legend)
        .configure_view(stroke=None)
        .configure_title(
            color=colours.ink, anchor="start", fontSize=14, fontWeight="normal", subtitleColor=colours.soft
        )
    )


def picture(charts: Iterable[Any], heading: str, suffix: str) -> bytes:
    """The charts above one another as a file: `suffix` is ".png" or ".svg"; in the light colours, for paper.

    Args:
        charts: made for a file, in LIGHT.
        heading: what stands above them all, such as the document's title.
        suffix: of the file.
    """
    import altair as alt
    import vl_convert

    wide = [chart.properties(width=WIDTH_OF_FILE) for chart in charts]
    made = dressed(alt.vconcat(*wide, title=alt.Title(heading, offset=14, fontSize=15)), LIGHT).to_json()
    if suffix == ".svg":
        return vl_convert.vegalite_to_svg(made).encode()
    return vl_convert.vegalite_to_png(made, scale=FINER)

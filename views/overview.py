"""The overview: the document in figures, pictures and one table, each of them to be taken along."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from divergence import TITLES
from exports.sheet import to_csv
from reviews.review import Review
from views import acting, state, workroom
from views.labels import file_stem, plain
from views.summaries import charts, words
from views.summaries.figures import (
    FEW,
    VERDICTS,
    Figures,
    agreement,
    along,
    counted,
    distribution,
    figures,
    share,
    unit_columns,
    unit_rows,
)

LEAD = "How far the units diverge, what the machine found and what people made of it, as the document stands now."
PICTURES: dict[str, Callable[..., dict[str, Any]]] = {
    "divergence": charts.divergence_charts,
    "issues": charts.issue_charts,
}
MIME = {".png": "image/png", ".svg": "image/svg+xml"}


def show() -> None:
    """Shows the page."""
    bench = acting.bench()
    acting.header(bench, LEAD)
    with bench.lock:
        review = bench.review()
    made = figures(review)
    title = workroom.desk().store.document(bench.document).title
    acting.refusal_elsewhere(())
    _in_short(made, review)
    colours = charts.DARK if st.context.theme.type == "dark" else charts.LIGHT
    _along(made, review, title, colours)
    left, right = st.columns(2, gap="large")
    with left:
        _issues(made, review, title, colours)
    with right:
        _agreement(made, review)
    _units(made, review, title)


def _in_short(made: Figures, review: Review) -> None:
    """The document in one line."""
    found = agreement(made, review)
    alarms, decided = (found[-1].alarms, found[-1].decided) if found else (0, 0)
    told = {
        "units": str(made.units),
        "confirmed": share(made.statuses["confirmed"], made.units),
        "for discussion": str(made.statuses["needs discussion"]),
        "issues decided": share(decided, alarms) if alarms else "no",
        "note" if made.notes == 1 else "notes": str(made.notes),
    }
    st.markdown(" · ".join(f"**{value}** {name}" for name, value in told.items()))


def _along(made: Figures, review: Review, title: str, colours: charts.Colours) -> None:
    names = words.hop_names(review.document)
    st.subheader("Divergence along the document", anchor=False)
    st.caption(
        "One bar a unit, as high as its percentile within the hop; hops are not comparable with one another. A sign above a "
        "bar marks an issue of the machine, and its shape says what people made of it. A dash: nothing to compare."
    )
    found = charts.divergence_charts(made, review, charts.Look(colours))
    _drawn(found, lambda hop: along(made, review, hop), names, "along", colours)
    _downloads("divergence", found, review, title)


def _issues(made: Figures, review: Review, title: str, colours: charts.Colours) -> None:
    names = words.hop_names(review.document)
    st.subheader("Issues by kind", anchor=False)
    found = charts.issue_charts(made, review, charts.Look(colours))
    if not found:
        st.caption("The machine found no issue in this document.")
        return
    _drawn(found, lambda hop: distribution(counted(made, hop), names[hop]), names, "issues", colours)
    _downloads("issues", found, review, title)


def _drawn(
    found: Mapping[str, Any], told: Callable[[str], str], names: Mapping[str, str], key: str, colours: charts.Colours
) -> None:
    """The pictures of the hops, each with its name above and in words below."""
    for place, (hop, chart) in enumerate(found.items()):
        st.markdown(f"**{plain(names[hop][:1].upper() + names[hop][1:])}**")
        st.vega_lite_chart(
            charts.dressed(chart, colours), width="stretch", theme=None, key=f"{key}-{place}"
        )  # fmt: skip
        st.caption(plain(told(hop)))


def _downloads(what: str, found: Mapping[str, Any], review: Review, title: str) -> None:
    """Buttons for the picture as files."""
    # Streamlit makes a file outside the session, which is not there to be asked then.
    document, level = state.document(), review.level
    with st.container(horizontal=True):
        for suffix, mime in MIME.items():
            st.download_button(
                suffix[1:].upper(), lambda suffix=suffix: _picture(document, level, what, title, suffix),
                key=f"{what}{suffix}", mime=mime, file_name=f"{file_stem(title)}-{level}-{what}{suffix}", on_click="ignore", icon=":material/download:",
                disabled=not found, help="The picture in light colours, for paper.",
            )  # fmt: skip


def _picture(document: str, level: str, what: str, title: str, suffix: str) -> bytes:
    """The file of a picture, of a document at a level as it stands at this moment."""
    with workroom.desk().at(document, level) as bench:
        review = bench.review()
    drawn = PICTURES[what](figures(review), review, charts.Look(charts.LIGHT, is_file=True))
    return charts.picture(drawn.values(), f"{title}, by {level}s", suffix, below=words.stand_ins(review.document))


def _agreement(made: Figures, review: Review) -> None:
    """What people said of the machine's alarms."""
    st.subheader("Machine and people", anchor=False)
    found = agreement(made, review)
    if not found:
        st.caption("There are no issues to agree on.")
        return
    table = [
        {
            "Issue": TITLES.get(one.kind, "All kinds"),
            **{VERDICTS[verdict].capitalize(): count for verdict, count in one.counts.items()},
            "Dismissed of decided": share(one.counts["dismissed"], one.decided),
        }
        for one in found
    ]
    st.table(table, border="horizontal", hide_index=True)
    st.caption(
        "Issues on the single steps; those end to end are the same differences seen again. A dismissed issue is an alarm that "
        f"a person found to be none. Percentages are given from {FEW} decisions on."
    )


def _units(made: Figures, review: Review, title: str) -> None:
    """The table of units; the chosen one can be read in context."""
    import pandas

    st.subheader("Units", anchor=False)
    columns, rows = unit_columns(review), unit_rows(review, made)
    frame = pandas.DataFrame(rows, columns=columns)
    picked = st.dataframe(
        frame, hide_index=True, placeholder="–", on_select="rerun", selection_mode="single-row", key="units", height=420,
        column_config={"confidence": st.column_config.NumberColumn(format="percent")},
        alt=f"The {made.units} units with kind, status, confidence, percentiles, strongest issues and notes.",
    )  # fmt: skip
    ids = [id for id, unit in zip(review.ids, review.alignment.units, strict=True) if unit.origin != "set aside"]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "CSV", to_csv(columns, rows), key="units.csv", file_name=f"{file_stem(title)}-units.csv", mime="text/csv",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        chosen = [place for place in picked.selection.rows if place < len(ids)]
        if chosen:
            acting.read_in_context(ids[chosen[0]], "read-unit")
            st.caption(f"Unit {chosen[0] + 1}")
        else:
            st.caption("Choose a row to read its unit in context.")

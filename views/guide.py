"""The guide page: the words the workbench uses, and what its numbers mean."""

import streamlit as st

from corpora.program import NAME, VERSION

WORDS = {
    "version": "one text of the document: the original, a mediating text, a translation.",
    "segment": "the smallest piece that is aligned: a paragraph, heading, list item, sentence or line.",
    "alignment unit": "segments of the versions that belong together. Its kind counts them: 1:2:1. Grouping segments "
    "does not merge their text.",
    "no counterpart": "a version has nothing here, as far as the aligner found: something was left out, added, or missed.",
    "moved": "a passage that one version has at another place, as far as the aligner found. The order of reading stays; the "
    "places are linked.",
    "hop": "one step of the chain. Hop 1 leads from the original to the mediating text, hop 2 from there to the translation; "
    "end to end compares the original with the last text.",
    "divergence": "what the machine measures, 0 (the same) to 1. Whether it is a shift or an error is for you to say.",
    "what a change moves": "a corrected text is measured again in its unit alone. Each hop of a unit also hears the third version: "
    "whether the English answers to the Korean says something of the Russian between them. So a change in the English may move "
    "the numbers of hop 1 a little.",
    "percentile": "the rank of a unit inside its hop, 0 to 100, by its divergence; equal ones in the middle of their places. Hops between different languages cannot be compared "
    "with one another, so there is no number across hops.",
    "confidence": "how sure the aligner is of exactly this unit, among all ways to align these texts. It does not say that "
    "the texts are versions of one another.",
    "issue": "what the machine found, until you call it a shift (a translator's choice that changes something) or an error, or "
    "dismiss it. The machine's number stays beside your verdict. A verdict stands at the level it was given at: that on a "
    "paragraph decides nothing about its sentences.",
    "doubtful": "units to look at first: what can be checked against the paper (numbers, names, negation, what was left out), "
    "then where the aligner is unsure, then what lies far apart. What makes a unit doubtful is its ground; an issue's strength "
    "is that of its measure, 0.5 to 1.",
    "one-sided": "a unit with no counterpart in at least one version.",
    "needs discussion, bookmark": "two marks of yours: the first is a state of the unit, in place of confirmed, for others to "
    "see; the second only helps you to find it again.",
    "strip at the left": "one mark a unit, the whole document from top to bottom: as long and as warm in colour as its worst hop "
    "diverges (from the 50th, 80th and 95th percentile), or by what you choose under colour. A click goes there.",
    "siglum": "the short name of a version, such as ko or en2.",
    "confirmed": "a person has looked at the unit's alignment and finds it right. What people set or confirm is blue.",
    "note": "what you say of words in one or more versions: comment, category, alternatives, evidence. It hangs on the words, "
    "not on the unit, and stays with them when units or texts are corrected; when the words are gone, it is kept and says so. "
    "Categories of techniques describe; only those of errors find fault.",
    "correcting": "segments are moved between units, by key, by button, or by dragging the dots beside them; units are split and "
    "merged; words are never moved to make rows look "
    "alike. Everything is stored at once, can be undone without limit, and is listed in the unit's history.",
    "alarm": "a measure of 0.5 or more on one hop, shown as a tag between the columns. Of a hundred pairs without any change "
    "each measure marks two or three.",
    "words without counterpart": "words that nothing on the other side answers to, as far as can be told. They are underlined "
    "with dashes in the unit you are at, where something is left out or put in.",
    "where it came in": "the step that brought a unit's difference in. The version that differs from both others was changed; "
    "if it is the middle one, the last is true to the first again: a detour. Two versions alone cannot tell.",
    "apparatus": "what is on the paper but is not the text: cover letter, stamps, notes, signatures. It is kept, shown on "
    "request, and not aligned.",
    "placeholder": "a text written for demonstration that stands where the archival one is not at hand. It proves nothing.",
}
METRICS = {
    "Meaning": "how far apart the two sides lie for the encoder, beside what is usual in this document.",
    "Omission": "words of the source that nothing in the target answers to.",
    "Addition": "words of the target that nothing in the source answers to.",
    "Quantities": "numbers, dates, times and measures, in digits and words, without an equal on the other side.",
    "Names": "people, places and powers that one side names and the other does not, by sound, by vector, and by a list of "
    "attested forms.",
    "Negation": "one side denies what the other does not.",
    "Modality": "one side obliges where the other permits, or only one does either.",
    "Wording": "a loaded word (clique, lackey) whose counterpart is plain.",
    "Length": "the ratio of lengths beside what is usual in this document. It is shown, and raises no alarm.",
}


def show() -> None:
    """Shows the page."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Words", anchor=False)
        for word, meaning in WORDS.items():
            st.markdown(f"**{word}**  \n{meaning}")
    with right:
        st.subheader("What is measured", anchor=False)
        for name, meaning in METRICS.items():
            st.markdown(f"**{name}**  \n{meaning}")
        st.subheader("What it cannot tell", anchor=False)
        st.markdown(
            "A number here is a reason to look, not a finding. The workbench lists evidence for a chain of translation; it never "
            "proves one. With two versions only, no step can be blamed for a difference."
        )
        st.caption(f"{NAME} {VERSION}. Licence: GPL-3.0-or-later.")

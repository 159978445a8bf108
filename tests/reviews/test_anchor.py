"""Where notes stand: anchors in a text that is edited, and in another text."""

from dataclasses import replace
from difflib import SequenceMatcher

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpora import example
from corpora.errors import StoreError
from reviews.notes.anchor import CONTEXT, NEAR, SHORTEST_NEAR, Anchor, anchor, found, shifted
from tests.strategies import ODDITIES, SENTENCES

# Words of three scripts, and what is hard to count: signs outside the basic plane, joined emoji, a letter and its
# accent apart, Hangul in parts, marks of direction, a Hebrew word, a lone surrogate.
PIECES = (
    *(sentence for sentences in SENTENCES.values() for sentence in sentences),
    *ODDITIES,
    "👩‍👩‍👧", "🇰🇷", "й", "\u0301", "\u200f", "\u2067שלום\u2069", "не", "and ", "\n\n", "\ud800",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
words = st.one_of(st.sampled_from(PIECES), st.text(max_size=4), st.just(""))
# Few letters make the same words stand in many places.
repetitive = st.text("ab ", min_size=1, max_size=30)


@st.composite
def anchored(draw, source=texts):
    """A text and an anchor in it."""
    text = draw(source)
    start = draw(st.integers(0, len(text) - 1))
    return text, anchor("ru", text, start, draw(st.integers(start + 1, len(text))))


def replaced(text: str, start: int, stop: int, new: str) -> str:
    return text[:start] + new + text[stop:]


def stretches(draw, least: int, most: int) -> tuple[int, int]:
    start = draw(st.integers(least, most))
    return start, draw(st.integers(start, most))


def holds(one: Anchor, text: str) -> None:
    """The law of every anchor that is not gone."""
    if not one.gone:
        assert one.quote
        assert replace(one, was="") == anchor(one.version, text, one.start, one.stop)
        assert one.was != one.quote


def slowly_shifted(one: Anchor, before: str, edit: tuple[int, int, str]) -> tuple[int, int] | None:
    """The slow, obvious twin: every character knows whether the note covers it; new ones do where nothing but covered
    characters was replaced, or stands on both sides of an insertion.
    """
    start, stop, new = edit
    covered = [one.start <= place < one.stop for place in range(len(before))]
    around = covered[start:stop] or [start > 0 and covered[start - 1], start < len(before) and covered[start]]
    covered[start:stop] = [all(around)] * len(new)
    places = [place for place, is_covered in enumerate(covered) if is_covered]
    return (places[0], places[-1] + 1) if places else None


def test_an_anchor_keeps_its_words_and_those_around_them():
    text = "Наша страна всё ещё не воссоединена, и в 1954 г. урожай зерна был мал."
    one = anchor("ru", text, 20, 22)
    assert one.quote == "не"
    assert (one.before, one.after) == (text[:20], text[22:54])
    assert len(one.after) == CONTEXT


@pytest.mark.parametrize(("start", "stop"), [(-1, 2), (2, 2), (3, 2), (0, 5), (4, 9)])
def test_an_anchor_stands_on_characters_that_are_there(start, stop):
    with pytest.raises(StoreError, match="select some of its words"):
        anchor("ru", "text", start, stop)


@settings(max_examples=400)
@given(st.data(), anchored(st.one_of(texts, repetitive)))
def test_an_edit_does_what_the_slow_twin_does(data, case):
    text, one = case
    start, stop = stretches(data.draw, 0, len(text))
    new = data.draw(words)
    after = replaced(text, start, stop, new)
    moved = shifted(one, start, stop, new, after)
    wanted = slowly_shifted(one, text, (start, stop, new))
    assert (None if moved.gone else (moved.start, moved.stop)) == wanted
    holds(moved, after)


@given(st.data(), anchored())
def test_edits_outside_leave_the_quote_and_move_the_place(data, case):
    text, one = case
    quote, head, tail = one.quote, text[: one.start], text[one.stop :]
    for _ in range(data.draw(st.integers(1, 6))):
        new = data.draw(words)
        if data.draw(st.booleans()):
            start, stop = stretches(data.draw, 0, len(head))
            head = replaced(head, start, stop, new)
        else:
            start, stop = stretches(data.draw, 0, len(tail))
            tail = replaced(tail, start, stop, new)
            start, stop = start + one.stop, stop + one.stop
        one = shifted(one, start, stop, new, head + quote + tail)
        assert (one.quote, one.start, one.gone) == (quote, len(head), False)
        holds(one, head + quote + tail)


@given(st.data(), anchored())
def test_edits_inside_keep_the_note_on_what_replaced_them(data, case):
    text, one = case
    quote, head, tail = one.quote, text[: one.start], text[one.stop :]
    for _ in range(data.draw(st.integers(1, 6))):
        start, stop = stretches(data.draw, 0, len(quote))
        new = data.draw(words)
        # What is inserted at an edge is outside; what takes the place of nothing is a removal.
        assume(start < stop or 0 < start < len(quote))
        quote = replaced(quote, start, stop, new)
        assume(quote)
        one = shifted(one, one.start + start, one.start + stop, new, head + quote + tail)
        assert (one.quote, one.start, one.gone) == (quote, len(head), False)
        holds(one, head + quote + tail)


def test_an_edit_over_one_edge_leaves_the_rest():
    text = "See the small harvest of 1954."
    one = anchor("en", text, 8, 21)
    assert one.quote == "small harvest"
    left = shifted(one, 4, 14, "poor ", "See poor harvest of 1954.")
    assert (left.quote, left.before, left.after) == ("harvest", "See poor ", " of 1954.")
    right = shifted(one, 13, 24, " one in", "See the small one in 1954.")
    assert (right.quote, right.after) == ("small", " one in 1954.")


@given(st.data(), anchored())
def test_removed_words_are_gone_and_found_when_they_are_put_back(data, case):
    text, one = case
    start, stop = data.draw(st.integers(0, one.start)), data.draw(st.integers(one.stop, len(text)))
    removed = text[start:stop]
    without = replaced(text, start, stop, "")
    gone = shifted(one, start, stop, "", without)
    assert gone == Anchor(**{name: getattr(one, name) for name in Anchor.__slots__} | {"gone": True})
    # Meanwhile something is written in front of it, or nothing.
    new = data.draw(words)
    later = shifted(gone, 0, 0, new, new + without)
    assert later.gone
    text = replaced(new + without, len(new) + start, len(new) + start, removed)
    back = found(shifted(later, len(new) + start, len(new) + start, removed, text), text)
    holds(back, text)
    assert (back.quote, back.gone) == (one.quote, False)
    if text.count(one.before + one.quote + one.after) == 1:
        assert back.start == one.start + len(new)


@given(anchored())
def test_an_undone_removal_is_the_removal_replayed_without(case):
    text, one = case
    gone = shifted(one, one.start, one.stop, "", replaced(text, one.start, one.stop, ""))
    assert found(gone, text) == one


@given(anchored(st.one_of(texts, repetitive)))
def test_in_the_same_text_an_anchor_stays_as_it_is(case):
    text, one = case
    assert found(one, text) == one


@settings(max_examples=300)
@given(st.data(), anchored(st.one_of(texts, repetitive)))
def test_after_changes_elsewhere_the_same_words_are_found_when_only_they_stand_so(data, case):
    text, one = case
    # Outside of the context as much may change as will.
    head, tail = text[: one.start - len(one.before)], text[one.stop + len(one.after) :]
    whole = one.before + one.quote + one.after
    start, stop = stretches(data.draw, 0, len(head))
    head = replaced(head, start, stop, data.draw(words))
    start, stop = stretches(data.draw, 0, len(tail))
    tail = replaced(tail, start, stop, data.draw(words))
    changed = head + whole + tail
    assume(slowly_placed(whole, changed) == [len(head)])
    back = found(one, changed)
    assert (back.start, back.quote) == (len(head) + len(one.before), one.quote)


@settings(max_examples=300)
@given(anchored(st.one_of(texts, repetitive)), st.one_of(texts, repetitive, st.just("")))
def test_in_any_text_an_anchor_is_on_its_words_or_gone(case, other):
    _, one = case
    back = found(one, other)
    holds(back, other)
    assert found(back, other) == back
    if len(one.quote) < SHORTEST_NEAR and not back.gone:
        assert back.quote == one.quote
    if one.quote not in other and not back.gone:
        # Likeness by other means than those that found it.
        assert SequenceMatcher(None, one.quote, back.quote, autojunk=False).ratio() * 100 > NEAR / 2


@given(
    st.builds(Anchor, st.just("ru"), st.integers(-9, 99), st.integers(-9, 99), words, words, words, st.booleans()),
    texts,
)
def test_an_anchor_that_makes_no_sense_raises_nothing(one, text):
    holds(found(one, text), text)
    shifted(one, 0, 1, "new", "new" + text[1:])


def slowly_placed(quote: str, text: str) -> list[int]:
    return [place for place in range(len(text)) if text[place : place + len(quote)] == quote]


@settings(max_examples=300)
@given(anchored(repetitive), repetitive)
def test_whole_context_is_found_where_the_slow_twin_finds_it_nearest(case, other):
    _, one = case
    whole = one.before + one.quote + one.after
    text = other + whole + other
    starts = [place + len(one.before) for place in slowly_placed(whole, text)]
    assert abs(found(one, text).start - one.start) == min(abs(start - one.start) for start in starts)


WORDS = [
    # what is anchored between bars, the text it is looked for in, what is found between bars ("" when nothing is)
    ("В 1954 г. |урожай зерна| был мал.", "Известно: в 1954 г. урожай зерна был весьма мал.", "Известно: в 1954 г. |урожай зерна| был весьма мал."),
    ("Это |не| так.", "Он не знает, что это не так, и не хочет.", "Он не знает, что это |не| так, и не хочет."),
    ("Это |не| так.", "Он не знает. Они не придут. Мы не верим.", ""),
    ("우리 |나라는| 아직도 통일되지 못하였다.", "그 나라는 크다. 우리 나라는 아직 통일되지 못하였다.", "그 나라는 크다. 우리 |나라는| 아직 통일되지 못하였다."),
    ("Our |country is still not| reunited.", "It is known that our country is not yet reunited.", "It is known that our |country is not| yet reunited."),
    ("알곡 |수확은 매우 적었다| 그러나", "알곡 수확은 아주 적었다 그러나", "알곡 |수확은 아주 적었다| 그러나"),
    ("Наша страна |всё ещё не воссоединена|.", "Наша страна пока всё ещё не была воссоединена.", "Наша страна пока |всё ещё не была воссоединена|."),
    ("Это |не| так.", "Но уж не знаю, не верю, не вижу.", ""),
    ("Это |не| так.", "Ага,не знаю, не верю, не вижу.", "Ага,|не| знаю, не верю, не вижу."),
    ("Товарищ Ким сказал им всем так: |Я скоро приду к вам домой!| И ушёл в деревню к крестьянам.", "Товарищ Ким сказал им всем так: Вы скоро увидите своё море! И ушёл в деревню к крестьянам.", ""),
    ("Тов. |Ким| сказал: «Иду».", "Nothing else of it, but the name of Ким, and that once.", "Nothing else of it, but the name of |Ким|, and that once."),
    ("xx ab|abab| yy", "zx ababab yy", "zx ab|abab| yy"),
    ("The |harvest| was small.", "Nothing of the kind stands here.", ""),
    ("The |harvest of 1954| was small.", "", ""),
    ("Flags 🇰🇷 |and 🇷🇺 fly| high", "Two flags 🇰🇷 and 🇷🇺 fly high", "Two flags 🇰🇷 |and 🇷🇺 fly| high"),
]  # fmt: skip


def unbarred(text: str) -> tuple[str, int, int]:
    start, stop = text.index("|"), text.rindex("|") - 1
    return text.replace("|", ""), start, stop


@pytest.mark.parametrize(("before", "after", "wanted"), WORDS)
def test_words_are_found_in_another_text(before, after, wanted):
    back = found(anchor("ru", *unbarred(before)), after)
    assert ("" if back.gone else replaced(after, back.start, back.stop, f"|{back.quote}|")) == wanted


@pytest.mark.parametrize(("place", "nearest"), [(3, 5), (40, 35), (90, 95)])
def test_of_places_that_are_equally_likely_the_nearest_is_taken(place, nearest):
    one = Anchor("en", place, place + 10, "the people", "then", "rose")
    text = "".join("the people" if at in (5, 35, 95) else "----------" for at in range(5, 105, 10))
    assert found(one, f"-----{text}").start == nearest


def test_the_place_of_words_that_are_gone_moves_with_the_text_before_it():
    one = shifted(anchor("en", "one two three", 4, 7), 4, 7, "", "one  three")
    assert (one.gone, one.start, one.stop) == (True, 4, 7)
    later = shifted(one, 0, 0, "... ", "... one  three")
    assert (later.gone, later.start, later.stop) == (True, 8, 11)
    for start, stop in ((9, 9), (9, 14), (5, 14), (12, 14), (2, 10)):
        assert shifted(later, start, stop, "new", "whatever") == later


def test_a_letter_is_not_parted_from_its_accent():
    one = anchor("ru", "все\u0301 сельское хозяйство", 0, 13)
    back = found(one, "Итак, все\u0301 селское хозяйство")
    assert not back.gone
    assert back.quote.startswith("все\u0301 се")
    one = anchor("ru", "Он пошел в дом и пил кофе.", 3, 26)
    back = found(one, "Он пошел в дом и пил кофе\u0301!")
    assert not back.quote.endswith("е")


def test_a_text_of_accents_alone_raises_nothing():
    text = "\u0301\u0300" * 60
    one = anchor("und", text, 50, 70)
    other = "\u0301\u0300\u0302" * 60
    assert one.quote not in other
    holds(found(one, other), other)


def test_words_of_the_1955_text_are_not_found_in_the_rest_of_it():
    """The promise of NEAR, on quotes of all lengths."""
    wrong = total = 0
    for version in example.versions():
        cut = len(version.text) // 3
        head, rest = version.text[:cut], version.text[cut:]
        for start in range(0, cut - 70, 61):
            for length in (8, 12, 20, 32, 64):
                one = anchor(version.id, head, start, start + length)
                if one.quote not in rest:
                    total += 1
                    wrong += not found(one, rest).gone
    assert total > 500
    assert wrong / total < 0.02


def test_words_of_the_1955_text_are_found_in_an_edition_that_spells_otherwise():
    text = next(version.text for version in example.versions() if version.id == "en")
    other = "A new edition.\n\n" + text.replace("the ", "").replace("ize", "ise").replace("on", "ón")
    lost = total = 0
    for start in range(3000, len(text) - 200, 97):
        one = anchor("en", text, start, start + 40)
        if one.quote not in other:
            total += 1
            back = found(one, other)
            lost += back.gone or abs(back.start - start * len(other) / len(text)) > 300
    assert total > 50
    assert lost / total < 0.05


def test_a_quote_that_changed_knows_what_it_read_first():
    text = "Strengthen the party."
    one = anchor("en", text, 4, 14)
    assert (one.quote, one.was) == ("ngthen the", "")
    after = "Reinforce the party."
    shorter = shifted(one, 0, 10, "Reinforce", after)
    assert (shorter.quote, shorter.was) == (" the", "ngthen the")
    longer = shifted(shorter, 10, 13, "our", "Reinforce our party.")
    assert (longer.quote, longer.was) == (" our", "ngthen the")
    # And nothing more once it reads as at first.
    assert found(replace(shorter, quote="ngthen the", before="Stre", after=" party."), text).was == ""

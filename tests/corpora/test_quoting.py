"""What is quoted where there is little room."""

from corpora.quoting import shortened


def test_long_words_lose_their_middle() -> None:
    short = shortened(("word " * 400).strip(), 300)
    assert len(short) <= 303
    assert " … " in short
    assert "wor …" not in short


def test_a_text_without_blanks_is_cut_all_the_same() -> None:
    assert shortened("조" * 400, 20) == f"{'조' * 10} … {'조' * 10}"

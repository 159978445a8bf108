"""What a difference between two texts in one language changes."""

import pytest

from aligners import encoders
from divergence.changes import changes
from divergence.side import plain_sides


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("The paper was typed on 2 February 1955.", "The paper was typed on 1 February 1955.", ["quantities"]),
        ("Here the envoy Sturridge spoke.", "Here the envoy Harrison spoke.", ["names"]),
        ("The war was halted.", "The war was not halted.", ["negation"]),
        ("The party must lead.", "The party can lead.", ["modality"]),
        ("It is the democratic base.", "It is the democratic basis.", ["term"]),
        ("We won the war.", "We won the long struggle.", ["wording"]),
        ("We won the war.", "We  won the war.", []),
    ],
)
def test_a_change_is_named_by_what_it_changes(one, other, kinds):
    sides = plain_sides("en", [one, other], encoders.load())
    assert [change.kind for change in changes(*sides, terms=["basis"])] == kinds

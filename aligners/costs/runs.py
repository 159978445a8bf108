"""What is taken over the segments of many runs at once, which need not be equally long."""

from collections.abc import Callable

import numpy as np

from aligners.encoders import Array

# Which rows of the runs are asked for.
Rows = Array | slice


def over(size: Array, value: Callable[[int, Rows], Array], combine: Callable[[Array, Array], Array]) -> Array:
    """The values of each run's segments, combined.

    Args:
        size: segments of each run, one at least, shape (runs,).
        value: the values of the segments at a place, counted from 0, in the runs of these rows.
        combine: two values to one.

    >>> over(np.array([1, 3]), lambda place, rows: np.array([5, 7])[rows] + place, np.add)
    array([ 5, 24])
    """
    found = value(0, slice(None))
    for place in range(1, size.max(initial=1)):
        rows = np.flatnonzero(size > place)
        found[rows] = combine(found[rows], value(place, rows))
    return found

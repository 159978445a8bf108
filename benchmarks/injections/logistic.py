"""Logistic regression: what a difference looks like, learnt from examples of it."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from aligners.encoders import Array
from divergence import weights
from divergence.weights import Judge

# Pull to zero of every weight, features being scaled to about 1.
PULL = 5.0


def judge_of(features: Sequence[str], crossed: Sequence[str], rows: Array, differs: Array, pull: float = PULL) -> Judge:
    """The logistic regression of a difference on these features."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    places = tuple(features.index(name) for name in crossed)
    wide = weights.expanded((rows - mean) / spread, places)
    found = fitted(wide, differs, pull)
    return Judge(tuple(features), mean, spread, places, found[:-1], float(found[-1]))


def fitted(rows: Array, differs: Array, pull: float = PULL) -> Array:
    """Weights of a logistic regression, the bias last; only the weights are pulled to zero."""
    sign = np.where(differs, 1.0, -1.0)

    def loss(values: Array) -> tuple[float, Array]:
        margin = sign * (rows @ values[:-1] + values[-1])
        slope = -sign / (1 + np.exp(np.clip(margin, -500, 500)))
        total = np.logaddexp(0, -margin).sum() + 0.5 * pull * float(values[:-1] @ values[:-1])
        return float(total), np.append(rows.T @ slope + pull * values[:-1], slope.sum())

    result = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return np.asarray(result.x)

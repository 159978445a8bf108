"""Measures of the workbench on named data; see benchmarks/results for the figures."""

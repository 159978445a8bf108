"""Divergence: changes made to clean texts, weights learnt from them, and figures."""

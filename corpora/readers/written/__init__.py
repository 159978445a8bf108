"""Paragraphs on pages -> a version: halves put together, words that lines cut, repairs, and what was found."""

"""Segmenters: the text of a version -> segments. Paragraphs by layout, sentences by language."""

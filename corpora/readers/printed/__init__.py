"""Words with their places on pages -> a version: reading order, running heads, notes, paragraphs, words cut by lines."""

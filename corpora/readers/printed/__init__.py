"""Words with their places on pages -> what is printed there: lines, columns, running heads, footnotes, paragraphs."""

"""What web pages and EPUB files share: HTML decoded and parsed, its paragraphs, footnotes, labelled fields, its main text."""

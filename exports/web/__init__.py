"""The parts of the page that shows a selection: markup, units, findings, notes, word links, styles and script."""

"""What is drawn on pages, as words with their places: by the text layer of a PDF, or read off a picture."""

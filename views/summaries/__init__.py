"""Review -> what the pages beside the reader show: a queue, a list of notes, figures and pictures. No Streamlit here."""

"""Readers: a path -> a Version without segments. One file a family of formats; the dict is in `corpora`."""

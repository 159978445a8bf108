"""Where documents, and what people did to them, are kept."""

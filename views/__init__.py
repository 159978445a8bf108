"""Review -> screen: the command line and the app."""

"""What three and more versions say together: a difference heard with the other pairs, and the step that brought it in."""

"""What speaks for and against a unit: measures of each version, of each two versions, of each step of the search."""

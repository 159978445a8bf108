"""Notes of readers on places of the texts: where they stand, what they say, and the sets of categories they choose from."""

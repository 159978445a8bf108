"""Word links: measured against links that people made, and learnt from the agreement of several ways to link."""

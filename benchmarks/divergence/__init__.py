"""How well divergence is found, named and traced: figures on changed units, on what people judged, and on the 1955 chain."""

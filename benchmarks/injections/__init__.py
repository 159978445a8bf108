"""Changes made to clean texts, and the weights of the divergence metrics that are learnt from them."""

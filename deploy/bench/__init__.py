"""Measures P1, P2 and P9 of a running system; every figure a ratio to a baseline run beside it."""

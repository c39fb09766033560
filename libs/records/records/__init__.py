"""Registers that somebody owns: listed, read, corrected, exported and told of in one way. Knows no domain word."""

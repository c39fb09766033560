"""The OpenAPI document as the one contract of every front end (see docs/adr)."""

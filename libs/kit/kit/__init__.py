"""What a domain imports and no domain is about."""

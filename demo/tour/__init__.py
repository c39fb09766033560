"""A whole year played through the gateway, as the people of a district would do it."""

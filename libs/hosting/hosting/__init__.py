"""What serves and runs a service; domains never import it."""

"""Every table of the service, imported so that Base.metadata is complete for migrations."""

"""Logs, metrics and traces: how a process is, and nothing about a person."""

"""Why the launcher stops: each reason is one Chinese sentence, printed without a trace."""


class Refusal(Exception):  # noqa: N818 - the launcher's answer to its user, not a programming error
    """Its text is what the user reads."""

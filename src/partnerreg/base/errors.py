"""`Failure`: wrong usage or a bad environment stops a command; bad data never does.

Faults in a registry's files are values (`problems.LocatedProblem`); they are never raised.
"""

USAGE = 2
ENVIRONMENT = 3


class Failure(Exception):  # noqa: N818  (a failure of the run, not of the program)
    """A command cannot be carried out.

    `exit_code` is 2 for wrong usage (an unknown id, revision or option value) and 3 for a bad
    environment (no registry, an unreadable root, git, writing). `message` is one line;
    `hint` says what to do.
    """

    def __init__(self, message: str, *, hint: str | None = None, exit_code: int = USAGE) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

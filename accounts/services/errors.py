"""What can stand in the way of a deed."""


class AccountsError(Exception):
    """A deed that is refused, with a code for programs and a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

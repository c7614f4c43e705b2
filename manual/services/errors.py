"""What the services of the manual refuse to do."""


class ManualError(Exception):
    """A deed that was refused; the code says why to programs, the message to people."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)

"""What a door of certificates answers when it cannot do the deed."""


class CertificateError(Exception):
    """A refusal with a code for programs and a translated sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

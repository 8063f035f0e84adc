"""What stops a command: one class per sentence, with the exit status it leads to.

The class docstring is the message; its ``{0}`` is filled with what the error is about. ``advice`` says
what to do next.
"""

from typing import ClassVar


class MicrocredError(Exception):
    """Something went wrong: {0}."""

    status: ClassVar[int] = 70

    def __init__(self, subject: str = "", advice: str = "") -> None:
        super().__init__(subject)
        self.subject = subject
        self.advice = advice

    def __str__(self) -> str:
        sentence = (type(self).__doc__ or "").splitlines()[0]
        return sentence.format(self.subject)


class UsageError(MicrocredError):
    """{0}."""

    status = 2


class MissingInputError(MicrocredError):
    """There is no file or folder {0}."""

    status = 3


class EmptyInputError(MicrocredError):
    """There is nothing to read in {0}."""

    status = 3


class UnreadableFileError(MicrocredError):
    """{0} cannot be read."""

    status = 5


class UnwritableError(MicrocredError):
    """{0} cannot be written."""

    status = 5


class ForeignFolderError(MicrocredError):
    """{0} is not empty and was not written by microcred."""

    status = 5


class LockedFolderError(MicrocredError):
    """Another microcred is writing to {0}."""

    status = 5


class ExistingFileError(MicrocredError):
    """{0} exists already."""

    status = 5


class MissingProjectError(MicrocredError):
    """There is no microcred.yaml here or in a folder above, and no --rubric was given."""

    status = 2


class UnknownNameError(MicrocredError):
    """{0}."""

    status = 2


class BrokenAssessmentError(MicrocredError):
    """{0} is not a complete assessment folder."""

    status = 1

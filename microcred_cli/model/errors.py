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


class NoProjectError(MicrocredError):
    """There is no microcred.yaml here or in a folder above."""

    status = 2


class MissingKeyError(MicrocredError):
    """There is no signing key in {0}."""

    status = 3


class UnusableKeyError(MicrocredError):
    """The signing key cannot be used: {0}."""

    status = 2


class ExposedFileError(MicrocredError):
    """Others on this computer may read or change {0}."""

    status = 5


class UnknownNameError(MicrocredError):
    """{0}."""

    status = 2


class BrokenAssessmentError(MicrocredError):
    """{0} is not a complete assessment folder."""

    status = 1


class LargeAssessmentError(MicrocredError):
    """{0} is the assessment of a large table or Parquet file, which this command does not read."""

    status = 2


class ChangedInputError(MicrocredError):
    """{0} is not as it was when it was assessed."""

    status = 1


class BrokenLedgerError(MicrocredError):
    """{0} is not a whole ledger."""

    status = 1


class NewerLedgerError(MicrocredError):
    """{0} was written by a newer microcred."""

    status = 5


class DamagedInstallationError(MicrocredError):
    """{0}, which microcred carries, is not as it was published."""

    status = 5


class ChangedAssessmentError(MicrocredError):
    """{0} was changed after it was written, so no badge can rest on it."""

    status = 1


class BrokenListError(MicrocredError):
    """{0} is not a list of badges as microcred writes it."""

    status = 1


class UnknownBadgesError(MicrocredError):
    """{0} holds badges that the ledger does not know."""

    status = 1


class UnusableListError(MicrocredError):
    """The status list cannot be relied on: {0}."""

    status = 1

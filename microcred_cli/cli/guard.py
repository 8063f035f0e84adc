"""What every command body is wrapped in: no traceback ever reaches a user."""

import errno
import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec

from microcred_cli.cli.console import prepare_streams, print_error
from microcred_cli.cli.exits import Status
from microcred_cli.model.errors import MicrocredError

Parameters = ParamSpec("Parameters")


def guard(body: Callable[Parameters, Status]) -> Callable[Parameters, None]:
    """Return a command that ends with the status of the body, whatever happens in it."""
    import typer

    @functools.wraps(body)
    def command(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        def run() -> Status:
            try:
                return body(*args, **kwargs)
            except typer.Abort as error:
                raise KeyboardInterrupt from error

        raise typer.Exit(run_guarded(run))

    return command


def run_guarded(body: Callable[[], Status]) -> Status:
    """Run the body and return its status, or that of what went wrong in it, which is printed."""
    prepare_streams()
    try:
        status = body()
        sys.stdout.flush()
    except MicrocredError as error:
        print_error(str(error), error.advice)
        status = Status(error.status)
    except KeyboardInterrupt:
        print_error("interrupted")
        status = Status.INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone; what is left unwritten is not wanted.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = Status.GOOD
    except OSError as error:
        print_error(_describe_refusal(error))
        status = Status.SURROUNDINGS
    except Exception as error:  # noqa: BLE001 - the last line of defence, told apart by its status
        print_error(
            f"internal error ({_describe_place(error)})",
            "this is a bug in microcred; please report it with the command you ran",
        )
        status = Status.INTERNAL
    return status


def _describe_refusal(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    reason = error.strerror or type(error).__name__
    if error.errno == errno.ENOSPC:
        reason = "the disk is full"
    return f"{where}{reason}"


def _describe_place(error: BaseException) -> str:
    """Name the kind of error and where it arose, without any value: values may be learners' data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    code = trace.tb_frame.f_code
    return f"{type(error).__name__} in {os.path.basename(code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119

"""Running the program on a terminal, as a user sits before it (POSIX only)."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import pytest


class Conversation:
    """The program on a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        import pty  # noqa: PLC0415 - POSIX only

        self.master, worker = pty.openpty()
        # A session of its own, so that the terminal is the one that /dev/tty names: getpass asks there.
        starter = (
            "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
            "os.execv(sys.argv[1], sys.argv[1:])"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", starter, sys.executable, "-m", "microcred_cli", *arguments],
            stdin=worker,
            stdout=worker,
            stderr=worker,
            cwd=folder,
            start_new_session=True,
        )
        os.close(worker)
        self.seen = ""
        self._read_up_to = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    def read_until(self, text: str) -> None:
        """Read what the program prints up to this text, from where the last reading ended."""
        while text not in self.seen[self._read_up_to :]:
            if not self._read():
                pytest.fail(f"it ended without {text!r}: {self.seen}")
        self._read_up_to = self.seen.index(text, self._read_up_to) + len(text)

    def type(self, line: str) -> None:
        """Type a line, once the program has switched the echo off as it asks."""
        import termios  # noqa: PLC0415 - POSIX only

        deadline = time.monotonic() + 60
        while termios.tcgetattr(self.master)[3] & termios.ECHO:
            assert time.monotonic() < deadline, "the echo stays on"
            time.sleep(0.01)
        os.write(self.master, line.encode())

    def finish(self) -> int:
        """Read the rest and return the exit status."""
        while self._read():
            pass
        return self.process.wait(timeout=60)

    def _read(self) -> bool:
        ready, _, _ = select.select([self.master], [], [], 60)
        assert ready, self.seen
        try:
            data = os.read(self.master, 4096)
        except OSError:  # Linux says so when the other end is closed
            return False
        self.seen += data.decode(errors="replace")
        return bool(data)

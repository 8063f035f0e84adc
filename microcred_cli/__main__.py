"""The program: `microcred` and `python -m microcred_cli`."""

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        # Scripts and CI ask this most of all; it needs no command line parser.
        from microcred_cli import __version__

        sys.stdout.write(f"microcred {__version__}\n")
        return
    try:
        from microcred_cli.cli.app import app
    except KeyboardInterrupt:
        # Before there is a command that could say more.
        sys.stderr.write("error: interrupted\n")
        sys.exit(_INTERRUPTED)
    app()


if __name__ == "__main__":
    main()

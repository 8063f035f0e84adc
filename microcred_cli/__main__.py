"""The program: `microcred` and `python -m microcred_cli`."""

import gc
import sys

_INTERRUPTED = 130
_COLLECTED = 50_000


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        # Scripts and CI ask this most of all; it needs no command line parser.
        from microcred_cli import __version__

        sys.stdout.write(f"microcred {__version__}\n")
        return
    # Nearly all that is made at the start stays: to look through it for garbage costs a tenth of the time.
    gc.set_threshold(_COLLECTED)
    try:
        from microcred_cli.cli.app import make_app

        app = make_app(sys.argv[1] if len(sys.argv) > 1 else None)
    except KeyboardInterrupt:
        # Before there is a command that could say more.
        sys.stderr.write("error: interrupted\n")
        sys.exit(_INTERRUPTED)
    app()


if __name__ == "__main__":
    main()

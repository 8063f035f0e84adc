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
    arguments = sys.argv[1:]
    try:
        if arguments[:1] == ["lint"]:
            from microcred_cli.cli.guard import run_guarded
            from microcred_cli.cli.lint_run import AskedLint, names_only_paths, run_lint

            if names_only_paths(arguments):
                sys.exit(run_guarded(lambda: run_lint(AskedLint(arguments[1:]))))
        from microcred_cli.cli.app import make_app

        app = make_app(arguments[0] if arguments else None)
    except KeyboardInterrupt:
        # Before there is a command that could say more.
        sys.stderr.write("error: interrupted\n")
        sys.exit(_INTERRUPTED)
    app()


if __name__ == "__main__":
    main()

"""`microcred key`: new, list, show."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from microcred_cli.cli.console import print_message, print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Format, NoInput, OutputFormat, PassphraseFile, Quiet
from microcred_cli.model.errors import UsageError
from microcred_cli.model.key import Algorithm
from microcred_cli.texts.safe import safe

if TYPE_CHECKING:
    from microcred_cli.workflows.manage_keys import KeyFiles, KeyList

HELP = "Make, list and show the keys that sign badges."
LIST_FORMAT = "microcred-keys/1"
EPILOG = """
[bold]Examples[/bold]

  microcred key new               named after the day; asks for a passphrase

  microcred key list              which keys there are

  microcred key show autumn-2026  all that others may know of a key
"""
NEW_EPILOG = """
[bold]Examples[/bold]

  microcred key new                named after the day; asks for a passphrase

  microcred key new autumn-2026    with a name of your choice

  microcred key new --type p-256   for badges as JWT (ES256)

  microcred key new --passphrase-file <(pass show badges)
"""
LIST_EPILOG = """
[bold]Examples[/bold]

  microcred key list

  microcred key list --format json
"""
SHOW_EPILOG = """
[bold]Examples[/bold]

  microcred key show                the key, where there is only one

  microcred key show autumn-2026 --format json
"""

_TITLES = {Algorithm.ED25519: "Ed25519", Algorithm.P256: "P-256"}


def new(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="What to call the key; the date when left out."),
    ] = None,
    algorithm: Annotated[Algorithm, typer.Option("--type", help="What it signs with.")] = Algorithm.ED25519,
    passphrase_file: PassphraseFile = None,
    unencrypted: Annotated[
        bool, typer.Option("--unencrypted", help="No passphrase: whoever has the file can sign.")
    ] = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
) -> Status:
    """Make a key that signs badges, protected by a passphrase."""
    from microcred_cli.cli.passphrase import choose_passphrase
    from microcred_cli.workflows.manage_keys import make_key

    if unencrypted and passphrase_file is not None:
        raise UsageError("--unencrypted and --passphrase-file exclude each other", "leave out one of them")

    def choose() -> bytes:
        return choose_passphrase(passphrase_file, no_input=no_input)

    made = make_key(name, algorithm, None if unencrypted else choose)
    if unencrypted:
        print_message(
            f"warning: {made.private} is not encrypted; whoever has it can issue badges in your name"
        )
    _print_made(made, encrypted=not unencrypted, quiet=quiet)
    return Status.GOOD


def list_(output_format: Format = OutputFormat.TEXT) -> Status:
    """List the keys of the project, oldest first."""
    from microcred_cli.workflows.manage_keys import find_key_folder, list_keys

    listed = list_keys(find_key_folder())
    if output_format is OutputFormat.JSON:
        _print_list_json(listed)
    else:
        _print_list(listed)
    if listed.problems:
        from microcred_cli.cli.problems import print_problems

        print_problems(listed.problems, show_names=False, outcome="the other keys are listed")
        return Status.FINDINGS
    return Status.GOOD


def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="The key; may be left out where there is one.", show_default=False
        ),
    ] = None,
    output_format: Format = OutputFormat.TEXT,
) -> Status:
    """Show all that others may know of a key; nothing of this is secret."""
    from microcred_cli.keys.public_file import describe_key, list_fields
    from microcred_cli.workflows.manage_keys import find_key_folder, show_key

    shown = show_key(find_key_folder(), name)
    if output_format is OutputFormat.JSON:
        print_result(describe_key(shown.key).decode().rstrip())
        return Status.GOOD
    fields = list_fields(shown.key)
    rows = (
        ("name", fields["name"]),
        ("type", _TITLES[shown.key.public.algorithm]),
        ("created", fields["created"]),
        ("DID", fields["did"]),
        ("verification method", fields["verificationMethod"]),
        ("public key (multibase)", fields["publicKeyMultibase"]),
        ("public file", shown.public.as_posix()),
        ("private file", _name_private(shown)),
    )
    width = max(len(label) for label, _ in rows) + 2
    for label, value in rows:
        print_result(f"{label:<{width}}{safe(value)}")
    return Status.GOOD


def _print_made(made: "KeyFiles", *, encrypted: bool, quiet: bool) -> None:
    private, public = _name_private(made), made.public.as_posix()
    width = max(len(private), len(public)) + 2
    secret = "the private half, encrypted" if encrypted else "the private half, not encrypted"
    print_result(f"Created the {_TITLES[made.key.public.algorithm]} key {made.key.name}")
    print_result(f"  {made.key.did}")
    print_result(f"  {safe(private):<{width}}{secret}: keep it to yourself")
    print_result(f"  {safe(public):<{width}}the public half: no secret")
    if made.key.public.algorithm is Algorithm.ED25519:
        print_result()
        print_result("Next")
        print_result(
            "  put the did:key on your website: it shows others that badges signed with it are yours"
        )
        print_result(f"  microcred issue --dry-run --key {made.key.name}")
    kept = "private file"
    if encrypted:
        kept = "private file and of its passphrase, each in a place of its own"
    print_message(f"keep a copy of the {kept}: nobody can recover what is lost", quiet=quiet)


def _print_list(listed: "KeyList") -> None:
    from microcred_cli.cli.tables import print_table

    if not listed.keys:
        print_message(f"no key in {listed.folder.as_posix()} yet; make one: microcred key new")
        return
    rows = [
        (each.key.name, _TITLES[each.key.public.algorithm], each.key.created, each.key.did)
        for each in listed.keys
    ]
    print_table(("Name", "Type", "Created", "DID"), rows)
    for each in listed.keys:
        if each.private is None:
            print_message(f"{each.key.name} cannot sign: its private half is not in the folder")


def _print_list_json(listed: "KeyList") -> None:
    from microcred_cli.keys.public_file import list_fields

    def describe(each: "KeyFiles") -> dict[str, Any]:
        return {**list_fields(each.key), "can_sign": each.private is not None}

    document = {"format": LIST_FORMAT, "keys": [describe(each) for each in listed.keys]}
    print_result(json.dumps(document, indent=2))


def _name_private(each: "KeyFiles") -> str:
    return "not in the folder" if each.private is None else each.private.as_posix()

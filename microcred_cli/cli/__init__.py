"""The command line: options in, one workflow, printed results, an exit status."""

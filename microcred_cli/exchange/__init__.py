"""Files that people will edit, written by ruamel.yaml."""

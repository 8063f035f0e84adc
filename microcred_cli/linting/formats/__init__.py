"""How findings are printed, one file each."""

"""The door to the ledger: the record, in SQLite, of the badges that were planned and issued."""

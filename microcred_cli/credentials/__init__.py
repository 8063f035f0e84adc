"""Open Badges: the documents, their canonical form, their proofs, and what is checked of them."""

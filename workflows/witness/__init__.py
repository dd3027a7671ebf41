"""Checkpoints of the ledger: what is printed on paper, so that paper is the witness.

Batch chains are gathered in one append-only Merkle tree; a checkpoint says how large
it was and what its root was at some moment. See `docs/ledger.md`.
"""

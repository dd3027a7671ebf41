"""Backup and restore of the whole installation: database and media, proved equal.

It stands on the top floor because it must see every table. It must not know what any
of them is for, but for the ledger, whose root it writes down.
"""

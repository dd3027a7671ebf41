"""The register on its way out as a spreadsheet: for a purpose, watermarked, written down.

`writing` makes files and `guarding` keeps formulas dead in them; the rest is about who
asked for which file and who else agreed. It must not know posts: callers ask those.
"""

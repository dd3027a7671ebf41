"""A county's comparison with its departments: from the sealed list to decided hits.

Knows rounds, files and cases; a hit reaches a case through `workflows.procedure`, so
no procedure is known by name. Matching itself is `registry.comparing`.
"""

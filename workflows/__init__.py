"""What happens: batches, cases, desks, the ledger, clocks. Knows no procedure by name.

"No" is a value (``registry.refusals.Refusal``), collected for every household.
Exceptions are for races, trespass and bad rulebooks::

    WorkflowError
    ├── Trespass   403: the officer may not act here today      (actions)
    └── Stale      409: somebody moved the batch meanwhile      (actions)
    LawError       a rulebook that cannot be read, at start-up  (rulebook)
"""

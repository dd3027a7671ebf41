"""Signed paper coming back: heaps of scans read, sorted to their papers, confirmed.

Knows papers and the officers who take sheets in; must not know batches, cases or
steps. Nothing here decides a step: a returned sheet is offered, an officer says who
signed.
"""

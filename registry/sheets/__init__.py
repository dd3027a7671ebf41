"""Spreadsheets into the register: read apart, checked, shown, accepted by a person.

What was uploaded is opened in a child process only (`apart`), its cells are read by
the catalogue of columns (`cells`, `tables`), judged by dated rules (`rules`), compared
with what stands (`plans`), and written by the register's own verbs (`acceptance`).
It must not know posts, pages or procedures.
"""

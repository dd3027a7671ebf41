"""Spreadsheets into the register."""

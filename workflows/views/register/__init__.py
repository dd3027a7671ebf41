"""Pages about the register: ledgers, exports, imports, comparisons."""

"""What happens: batches, cases, desks, the ledger, clocks. Knows no procedure by name."""

"""What the law says: one module per statutory procedure, rulebooks, gates, facts."""

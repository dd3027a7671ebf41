"""Who may act, where: posts, appointments, jurisdiction, recusal. Knows no case."""

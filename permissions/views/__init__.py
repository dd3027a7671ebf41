"""The pages of this floor: log-in, posts, own account, officers, appointments."""

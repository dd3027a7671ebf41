"""Pages about papers: for officers of the place, and the check page for everybody."""

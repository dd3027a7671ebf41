"""Who and where: places, households, persons, all dated. Knows nothing above it."""

"""Finding duties, units, documents and notes as people type."""

"""Development and installation tools behind run.py; standard library only unless a module says otherwise."""

"""The WSGI entry for a server of one's own choice: `wsgi:app`."""

from app import create_app

app = create_app()

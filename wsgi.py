"""The WSGI entry for a server of one's own choice: `wsgi:app`. Refuses what the product's own server refuses."""

import os
import sys

from app import config
from app.deployment import opening, starting

opening.keep_private()
try:
    settings = config.from_environment()
    starting.require_safe(settings.data, os.environ, is_sample=settings.is_sample)
    app = opening.open_installation(settings)
except config.ConfigError as error:
    sys.exit(str(error))

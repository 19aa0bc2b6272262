"""What a device needs that keeps parts of a visit: who is signed in, a fresh token, the key to what it keeps.

The key is the person's own, the same on every device and at every sign-in, and is given to nobody else: what lies
sealed in a browser opens for the person who wrote it, once they have signed in.
"""

import base64
import hmac
from typing import Any

from flask import current_app, jsonify, render_template
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app.inspections.shared import bp


@bp.get("/visits/device", endpoint="device")
def show_device() -> Any:
    """Who is signed in, with the token for their sendings and the key to what they keep."""
    person = current_user
    return jsonify(person=person.id, name=person.name, csrf_token=generate_csrf(), key=device_key(person.id))


@bp.get("/visits/unsent", endpoint="unsent")
def show_unsent() -> Any:
    """What this person has not sent from this device, before they sign out: the browser alone knows it."""
    return render_template("inspections/unsent.html")


def device_key(person_id: int) -> str:
    """256 bits that only this installation can tell, one for each person, in base64."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return base64.b64encode(hmac.digest(secret, f"kept on a device by person {person_id}".encode(), "sha256")).decode()

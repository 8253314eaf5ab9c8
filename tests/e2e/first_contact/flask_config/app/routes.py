from flask import Blueprint, current_app

from app.mail import limit, sender

bp = Blueprint("main", __name__)


@bp.route("/send")
def send():
    current_app.logger.info("sending")
    return f"{sender()} {limit()}"

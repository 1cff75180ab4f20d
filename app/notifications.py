"""The page of notifications: what one has been told oneself and what the own units have been told, old and new."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.texts import t
from app.web import place_in_list, running_system, signed_in
from processes.actions.notifications import acknowledge_notification
from processes.queries.notifications import OWN, UNITS, notifications_of

pages = Blueprint("notifications", __name__, url_prefix="/aviseringar")

TABS = {"mina": OWN, "enheten": UNITS}


@pages.get("")
def show() -> str:
    """One tab of the notifications, the newest first, a page at a time."""
    tab = _tab()
    after = place_in_list(request.args.get("efter"))
    with running_system().reading() as work:
        found, next_after = notifications_of(
            work.session,
            signed_in(work),
            whose=TABS[tab],
            after=int(after.rpartition("_")[2]) if after else None,
        )
        return render_template(
            "notifications/list.html",
            tab=tab,
            notifications=found,
            next_after=next_after,
            is_first=after is None,
        )


@pages.post("/<id:notification_id>/kvittera")
def acknowledge(notification_id: int) -> Response:
    """Say that it has been seen, and come back to the same tab."""
    with running_system().transaction() as work:
        seen = acknowledge_notification(work, notification_id=notification_id, caseworker=signed_in(work))
        text = seen.text
    flash(t("Kvitterat: {text}", text=text))
    return redirect(url_for("notifications.show", vy=_tab()))


def _tab() -> str:
    asked = request.args.get("vy", "mina")
    return asked if asked in TABS else "mina"

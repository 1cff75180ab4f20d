"""The peer's pages: sign in, a list of tasks, and a task with its form; the same addresses as the product's."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

from flask import Flask, abort, current_app, g, redirect, render_template_string, request, session
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from benchmarks.peer.cases import TABLES, Engine, connect
from benchmarks.peer.pages import INBOX, SIGN_IN, TASK

AT_A_TIME = 50
engine = Engine()


def create() -> Flask:
    """The application; PEER_DATABASE names its file, PEER_KEY signs its sessions."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ["PEER_KEY"], DATABASE=os.environ["PEER_DATABASE"])
    CSRFProtect(app)
    app.teardown_appcontext(_close)
    app.add_url_rule("/health/ready", view_func=ready)
    app.add_url_rule("/logga-in", view_func=sign_in, methods=["GET", "POST"])
    app.add_url_rule("/inkorg", view_func=inbox)
    app.add_url_rule("/arenden", view_func=start, methods=["POST"])
    app.add_url_rule("/uppgifter/<int:task_id>", view_func=show)
    app.add_url_rule("/uppgifter/<int:task_id>", view_func=complete, methods=["POST"])
    app.add_url_rule("/uppgifter/<int:task_id>/ta", view_func=claim, methods=["POST"])
    with app.app_context():
        _database().executescript(TABLES)
    return app


def ready() -> str:
    """The database answers."""
    _database().execute("SELECT 1 FROM instances LIMIT 1")
    return "ok"


def sign_in() -> str | Response:
    """A name is enough: the peer has no accounts."""
    if request.method == "GET":
        return render_template_string(SIGN_IN)
    session["user"] = request.form["username"]
    return redirect("/inkorg")


def inbox() -> str:
    """The first open tasks, the oldest first."""
    _who()
    asked = (
        "SELECT tasks.*, instances.title AS case_title FROM tasks JOIN instances ON instances.id = instance_id "
        "WHERE tasks.status = 'open' AND lane = ? ORDER BY tasks.id LIMIT ?"
    )
    rows = _database().execute(asked, (request.args.get("lane", "vuxen"), AT_A_TIME)).fetchall()
    return render_template_string(INBOX, tasks=rows, user=_who())


def start() -> Response:
    """Start a case with what was posted."""
    _who()
    database = _database()
    engine.start(database, request.form["title"], {"kind": request.form["kind"]})
    database.commit()
    return redirect("/inkorg")


def show(task_id: int) -> str:
    """The task with its form."""
    return render_template_string(TASK, task=_task(task_id), user=_who())


def claim(task_id: int) -> Response:
    """Make the task one's own."""
    database = _database()
    database.execute("UPDATE tasks SET claimed_by = ? WHERE id = ?", (_who(), _task(task_id)["id"]))
    database.commit()
    return redirect(f"/uppgifter/{task_id}")


def complete(task_id: int) -> Response:
    """Complete the task with what was posted."""
    task = _task(task_id)
    if task["claimed_by"] != _who():
        abort(409)
    answers = {name: value for name, value in request.form.items() if name != "csrf_token"}
    database = _database()
    engine.complete(database, task, answers)
    database.commit()
    return redirect("/inkorg")


def _who() -> str:
    user: str | None = session.get("user")
    return user or abort(401)


def _task(task_id: int) -> sqlite3.Row:
    asked = "SELECT * FROM tasks WHERE id = ? AND status = 'open'"
    row: sqlite3.Row | None = _database().execute(asked, (task_id,)).fetchone()
    return row or abort(404)


def _database() -> sqlite3.Connection:
    if "database" not in g:
        g.database = connect(current_app.config["DATABASE"])
    database: sqlite3.Connection = g.database
    return database


def _close(_error: Any) -> None:
    database = g.pop("database", None)
    if database is not None:
        database.close()

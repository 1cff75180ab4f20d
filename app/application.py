"""Puts the pages together: every area of them, and what stands before and around each."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import (
    absences,
    access,
    api,
    api_keys,
    audit,
    calendars,
    cases,
    corrections,
    diagrams,
    differences,
    display,
    editors,
    event_corrections,
    examinations,
    failures,
    findings,
    handbook,
    health,
    heat_map,
    imports,
    inbox,
    insight,
    interventions,
    letters,
    metrics,
    notices,
    notifications,
    operating_status,
    overview,
    persons,
    provider,
    reads,
    reassigning,
    releases,
    request_limits,
    request_log,
    retention,
    scenario_editing,
    scenario_pages,
    security,
    sign_in,
    simulation,
    staff,
    statistics,
    tasks,
    texts,
    web,
    workshop,
    workshop_files,
    workshop_uploads,
)
from processes.errors import SettingRefused
from processes.runtime import Runtime

LARGEST_POST = 2 * 1024 * 1024
AREAS = (
    sign_in,
    inbox,
    tasks,
    simulation,
    cases,
    calendars,
    access,
    absences,
    persons,
    insight,
    interventions,
    reassigning,
    letters,
    corrections,
    event_corrections,
    retention,
    notices,
    imports,
    notifications,
    diagrams,
    handbook,
    workshop,
    workshop_files,
    workshop_uploads,
    releases,
    differences,
    examinations,
    scenario_pages,
    scenario_editing,
    editors,
    audit,
    staff,
    api_keys,
    overview,
    heat_map,
    findings,
    statistics,
    operating_status,
    metrics,
    health,
    texts,
)


def create_app(runtime: Runtime) -> Flask:
    """The web application on a running system. Raises SettingRefused when nothing can sign the sessions."""
    settings = runtime.settings
    if not settings.secret_key:
        raise SettingRefused("KVARBOENDE_SECRET_KEY must be set: it signs the sessions of those signed in.")
    app = Flask("app")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-kvarboende" if settings.https else "kvarboende",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_POST,
        MAX_FORM_PARTS=request_limits.MOST_FIELDS,
        MAX_FORM_MEMORY_SIZE=request_limits.LARGEST_TEXT,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
        WTF_CSRF_SSL_STRICT=settings.https,
    )
    if settings.proxies:
        believed = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=believed, x_proto=believed, x_host=0)  # type: ignore[method-assign]
    request_log.log_requests(app)
    metrics.count_requests(app)
    app.extensions["runtime"] = reads.log_what_is_read(app, runtime)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.url_map.converters["id"] = web.RowNumber
    request_limits.refuse_odd_requests(app)
    provider.introduce(app)
    security.protect(app)
    api.introduce(app, settings.posts_per_minute)
    request_limits.slow_down(app, settings.posts_per_minute)
    display.teach(app)
    failures.register(app)
    for area in AREAS:
        app.register_blueprint(area.pages)
    return app

"""One's own mail: where it goes, and about what one wants any."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.sign_in.pages import pages
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.mail_choices import choose_mail, set_address
from processes.errors import AnswersRefused
from processes.queries.mail import kinds_for, mail_wanted


@pages.get("/konto/e-post")
def mail() -> str:
    """The address, and a box for each kind of mail."""
    return _page({})


@pages.post("/konto/e-post")
def choose_mails() -> Response | tuple[str, int]:
    """Keep what was chosen."""
    domains = running_system().settings.mail_domains
    try:
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            set_address(caseworker=caseworker, address=request.form.get("email", ""), domains=domains)
            choose_mail(work, caseworker=caseworker, wanted=request.form.getlist("kinds"))
    except AnswersRefused as refused:
        return _page(refused.problems), 400
    flash(t("Sparat."))
    return redirect(url_for("sign_in.mail"))


def _page(problems: dict[str, str]) -> str:
    settings = running_system().settings
    with running_system().reading() as work:
        caseworker = signed_in(work)
        kept = {kind for kind, wanted in mail_wanted(work.session, caseworker).items() if wanted}
        return render_template(
            "sign_in/mail.html",
            kinds=kinds_for(caseworker),
            wanted=set(request.form.getlist("kinds")) if problems else kept,
            typed=request.form if problems else {"email": caseworker.email},
            problems=problems,
            is_on=settings.smtp_url is not None,
            digest_at=settings.digest_at.strftime("%H:%M"),
        )

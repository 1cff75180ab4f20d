"""The commands for who may sign in: add a person, give a password, deactivate, connect to the provider."""

from __future__ import annotations

import os

import click

from app.commands.installation import transaction
from processes.actions.mail_choices import set_address
from processes.actions.passwords import give_temporary_password
from processes.actions.people import add_administration, add_caseworker, deactivate_caseworker
from processes.actions.provider_people import link
from processes.actions.second_factor import remove_factor
from processes.errors import SettingRefused, UsernameTaken
from processes.models import Administration
from processes.queries.people import find_caseworker, get_caseworker_named
from processes.rules.units import Role, Unit
from processes.settings import Settings
from processes.unit_of_work import UnitOfWork


@click.group()
def user() -> None:
    """People who can sign in."""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="First name and surname.")
@click.option(
    "--administration", required=True, help="The key of the person's administration, such as hisingen."
)
@click.option("--administration-name", help="Its name, when it is the first person there.")
@click.option(
    "--unit", type=click.Choice([str(unit) for unit in Unit]), help="The unit; not every role has one."
)
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--child-degree", is_flag=True, help="Has the degree that assessing a child requires.")
@click.option("--commitments", is_flag=True, help="May assume payment liability for the board.")
def add(  # noqa: PLR0917 -- click gives each option by its name
    username: str,
    name: str,
    administration: str,
    administration_name: str | None,
    unit: str | None,
    role: str,
    child_degree: bool,  # noqa: FBT001 -- click gives each option by its name
    commitments: bool,  # noqa: FBT001 -- click gives each option by its name
) -> None:
    """Add USERNAME, and print a password to be changed at the first sign-in."""
    username = username.strip().lower()
    with transaction() as work:
        if find_caseworker(work.session, username) is not None:
            raise UsernameTaken(f"There is a person called {username} already.")
        _must_exist(work, administration, administration_name)
        caseworker = add_caseworker(
            work,
            username=username,
            name=name,
            administration=administration,
            memberships=[(Unit(unit) if unit else None, Role(role))],
            has_child_degree=child_degree,
            may_decide_commitments=commitments,
        )
        password = give_temporary_password(work, caseworker=caseworker)
    click.echo(f"{name} signs in as {username} with the password {password}")


@user.command()
@click.argument("username")
def password(username: str) -> None:
    """Give USERNAME a new password, to be changed at the next sign-in; ends all sessions and one-time codes."""
    with transaction() as work:
        caseworker = get_caseworker_named(work.session, username)
        new = give_temporary_password(work, caseworker=caseworker)
        remove_factor(work, caseworker=caseworker)
    click.echo(f"{caseworker.name} signs in as {caseworker.username} with the password {new}")


@user.command()
@click.argument("username")
def deactivate(username: str) -> None:
    """Let USERNAME sign in no longer; ends all sessions at once."""
    with transaction() as work:
        caseworker = get_caseworker_named(work.session, username)
        deactivate_caseworker(work, caseworker=caseworker)
    click.echo(f"{caseworker.name} can no longer sign in.")


@user.command()
@click.argument("username")
@click.argument("address", default="")
def email(username: str, address: str) -> None:
    """Send USERNAME's reminders to ADDRESS, or to none when it is left out."""
    settings = Settings.from_environment(os.environ)
    with transaction() as work:
        caseworker = get_caseworker_named(work.session, username)
        set_address(caseworker=caseworker, address=address, domains=settings.mail_domains)
    click.echo(
        f"Mail to {caseworker.name} goes to {address}." if address else f"{caseworker.name} gets no mail."
    )


@user.command("link")
@click.argument("username")
@click.argument("subject")
def link_to_provider(username: str, subject: str) -> None:
    """Let who is SUBJECT (the claim `sub`) at the identity provider sign in as USERNAME."""
    issuer = Settings.from_environment(os.environ).oidc_issuer
    if issuer is None:
        raise SettingRefused("KVARBOENDE_OIDC_ISSUER must be set: it names the identity provider.")
    with transaction() as work:
        caseworker = get_caseworker_named(work.session, username)
        link(work, caseworker=caseworker, issuer=issuer, subject=subject)
    click.echo(f"{caseworker.name} signs in through {issuer}.")


def _must_exist(work: UnitOfWork, key: str, name: str | None) -> None:
    if work.session.get(Administration, key) is not None:
        return
    if name is None:
        raise click.UsageError(f"There is no administration {key} yet: give its --administration-name.")
    add_administration(work, key=key, name=name)
    work.session.flush()

"""Logins of a PostgreSQL server: made, closed, opened and given a password.

A password never travels and never stands in a statement: what is sent is the SCRAM verifier that
libpq makes of it on this computer. What each call needs in rights the server itself demands.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

METHOD = b"scram-sha-256"


def create(session: Session, login: str, password: str) -> None:
    """Make a login that may do what its mandates say."""
    session.execute(select(func.sec.create_login(login, verifier(session, login, password))))


def reset(session: Session, login: str, password: str) -> None:
    """Give somebody else's login another password."""
    session.execute(select(func.sec.reset_login(login, verifier(session, login, password))))


def close(session: Session, login: str) -> None:
    """Let nobody sign in with *login* any more, and end what is open."""
    session.execute(select(func.sec.close_login(login)))


def reopen(session: Session, login: str) -> None:
    """Let somebody sign in again, with the password of before."""
    session.execute(select(func.sec.open_login(login)))


def change_own(session: Session, password: str) -> None:
    """Give the login of this connection another password."""
    login = str(session.scalar(select(func.session_user())))
    from psycopg import sql

    statement = sql.SQL("ALTER ROLE CURRENT_USER PASSWORD {}").format(
        sql.Literal(verifier(session, login, password))
    )
    connection = session.connection()
    connection.exec_driver_sql(statement.as_string(_driver(session)))


def verifier(session: Session, login: str, password: str) -> str:
    """Return what the server keeps of a password; the password does not follow from it."""
    made: bytes = _driver(session).pgconn.encrypt_password(
        password.encode(), login.encode(), METHOD
    )
    return made.decode()


def _driver(session: Session) -> Any:
    return session.connection().connection.driver_connection

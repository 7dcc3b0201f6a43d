"""Addresses as people read them, and which of them may be opened."""

from __future__ import annotations


def host_of(url: str) -> str:
    """The part of an address a person looks at."""
    bare = url.partition("://")[2] or url
    host, _, rest = bare.partition("/")
    host = host.removeprefix("www.")
    return host if not rest.strip("/") else f"{host}/{rest.strip('/')}" if len(rest) < 24 else f"{host}/…"


def is_world_address(url: str) -> bool:
    """Whether an address may be handed to the system: the web and mail, never a program's or a file's."""
    return url.split(":", 1)[0].lower() in ("http", "https", "mailto")

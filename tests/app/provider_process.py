"""An identity provider in a process of its own, which can be told to misbehave: `python -m tests.app.provider_process`.

It prints its port. PUT /faults with {"issuer": ..., "lifetime": seconds} changes what it puts in id_tokens.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import flask
import oidc_provider_mock
from oidc_provider_mock._app import OpenIDCode
from werkzeug.serving import make_server

faults: dict[str, Any] = {}
told = OpenIDCode.get_jwt_config


def misbehaving(self: Any, grant: Any, client: Any = None) -> dict[str, Any]:
    config = dict(told(self, grant, client))
    config["iss"] = faults.get("issuer", config["iss"])
    config["exp"] = faults.get("lifetime", config["exp"])
    return config


def main() -> None:
    OpenIDCode.get_jwt_config = misbehaving
    app = oidc_provider_mock.app(require_nonce=True, access_token_max_age=timedelta(hours=1))

    def set_faults() -> tuple[str, int]:
        faults.clear()
        faults.update(flask.request.get_json())
        return "", 204

    app.add_url_rule("/faults", view_func=set_faults, methods=["PUT"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(server.server_port, flush=True)  # noqa: T201 -- the test reads it
    server.serve_forever()


if __name__ == "__main__":
    main()

"""An identity provider in a process of its own, which can be told to misbehave: `python -m tests.app.provider_process`.

It prints its port. PUT /faults with {"issuer": ..., "lifetime": seconds, "audience": ...} changes what it puts in
id_tokens; {"has_no_way_out": true} takes the place for signing out from what it says of itself.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import flask
import oidc_provider_mock
from oidc_provider_mock._app import OpenIDCode
from werkzeug.serving import make_server

faults: dict[str, Any] = {}
told = OpenIDCode.get_jwt_config
claims_of = OpenIDCode.get_compatible_claims


def misbehaving(self: Any, grant: Any, client: Any = None) -> dict[str, Any]:
    config = dict(told(self, grant, client))
    config["iss"] = faults.get("issuer", config["iss"])
    config["exp"] = faults.get("lifetime", config["exp"])
    return config


def for_somebody_else(self: Any, request: Any) -> dict[str, Any]:
    claims = dict(claims_of(self, request))
    return claims | ({"aud": faults["audience"]} if "audience" in faults else {})


def says_of_itself(response: flask.Response) -> flask.Response:
    if flask.request.path == "/.well-known/openid-configuration" and "has_no_way_out" in faults:
        said = response.get_json()
        del said["end_session_endpoint"]
        response.set_data(json.dumps(said))
    return response


def main() -> None:
    OpenIDCode.get_jwt_config = misbehaving
    OpenIDCode.get_compatible_claims = for_somebody_else
    app = oidc_provider_mock.app(require_nonce=True, access_token_max_age=timedelta(hours=1))

    def set_faults() -> tuple[str, int]:
        faults.clear()
        faults.update(flask.request.get_json())
        return "", 204

    app.after_request(says_of_itself)
    app.add_url_rule("/faults", view_func=set_faults, methods=["PUT"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(server.server_port, flush=True)  # noqa: T201 -- the test reads it
    server.serve_forever()


if __name__ == "__main__":
    main()

# A relying party on Authlib. Reads one JSON document a line from standard input, answers each with one.
import json
import sys

from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken
import requests


def answer(value):
    print(json.dumps(value), flush=True)


def read():
    return json.loads(sys.stdin.readline())


known = read()
metadata = requests.get(known["issuer"] + "/.well-known/openid-configuration", timeout=20).json()
session = OAuth2Session(
    known["client_id"],
    known["client_secret"],
    scope="openid profile email offline_access",
    redirect_uri=known["redirect_uri"],
    code_challenge_method="S256",
    token_endpoint=metadata["token_endpoint"],
)
url, state = session.create_authorization_url(
    metadata["authorization_endpoint"], code_verifier=known["code_verifier"], nonce="a-nonce"
)
answer({"url": url})

callback = read()["callback"]
token = session.fetch_token(metadata["token_endpoint"], authorization_response=callback, code_verifier=known["code_verifier"], state=state)
keys = JsonWebKey.import_key_set(requests.get(metadata["jwks_uri"], timeout=20).json())
claims = JsonWebToken(["RS256", "ES256", "EdDSA"]).decode(
    token["id_token"],
    keys,
    claims_options={
        "iss": {"essential": True, "value": metadata["issuer"]},
        "aud": {"essential": True, "value": known["client_id"]},
        "nonce": {"essential": True, "value": "a-nonce"},
    },
)
claims.validate()
person = session.get(metadata["userinfo_endpoint"]).json()
refreshed = session.refresh_token(metadata["token_endpoint"])
introspected = session.introspect_token(metadata["introspection_endpoint"], token=refreshed["access_token"]).json()
revoked = session.revoke_token(metadata["revocation_endpoint"], token=refreshed["refresh_token"]).status_code
answer({
    "claims": dict(claims),
    "person": person,
    "rotated": refreshed["refresh_token"] != token["refresh_token"],
    "active": introspected["active"],
    "revoked": revoked,
    "after": session.get(metadata["userinfo_endpoint"]).status_code,
})

machine = OAuth2Session(known["client_id"], known["client_secret"], token_endpoint=metadata["token_endpoint"])
answer({"machine": machine.fetch_token(metadata["token_endpoint"], grant_type="client_credentials")["token_type"]})

"""The suite's public REST API, called as its users call it."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

TOKEN_SECONDS = 600


class Refused(Exception):
    """The suite answered with a problem, or does not answer."""


class Gateway:
    """One gateway; tokens are those of ``paddock token USER``."""

    def __init__(self, address, paddock):
        self.address = address.rstrip("/")
        self.paddock = paddock
        self.tokens = {}

    def get(self, path, user="engineer"):
        return self._send("GET", path, user, None, {})

    def items(self, path, user="engineer"):
        """All items of a list, page by page."""
        found, cursor = [], ""
        mark = "&" if "?" in path else "?"
        while cursor is not None:
            page = self.get(path + (f"{mark}cursor={urllib.parse.quote(cursor)}" if cursor else ""), user)
            found += page["items"]
            cursor = page.get("next")
        return found

    def post(self, path, user, body, key=None):
        """Posts JSON; the same key gives the first answer again."""
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        return self._send("POST", path, user, json.dumps(body).encode(), headers)

    def upload(self, path, user, name, content, key):
        """Posts a file as the part ``file`` of a form."""
        boundary = uuid.uuid4().hex
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        body = f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + f"\r\n--{boundary}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Idempotency-Key": key}
        return self._send("POST", path, user, body, headers)

    def wait(self, what, seconds, look, done):
        """Looks every two seconds until ``done`` says so of what is seen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            seen = look()
            if done(seen):
                return seen
            time.sleep(2)
        raise Refused(f"{what} did not come within {seconds} s")

    def _token(self, user):
        value, since = self.tokens.get(user, ("", float("-inf")))
        if time.monotonic() - since > TOKEN_SECONDS:
            environment = {"PADDOCK_SKIP_BUILD": "1"} | os.environ
            asked = subprocess.run([self.paddock, "token", user], capture_output=True, text=True, env=environment)
            if asked.returncode:
                raise Refused(f"'paddock token {user}' gave none: {asked.stderr.strip() or asked.stdout.strip()}")
            value = asked.stdout.strip()
            self.tokens[user] = value, time.monotonic()
        return value

    def _send(self, method, path, user, body, headers):
        headers = {"Authorization": f"Bearer {self._token(user)}", "Accept": "application/json"} | headers
        request = urllib.request.Request(self.address + path, data=body, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as problem:
            raise Refused(f"{method} {path}: {problem.code} {problem.read().decode(errors='replace')}") from problem
        except urllib.error.URLError as error:
            raise Refused(f"{self.address} does not answer ({error.reason}); start the suite with './paddock start'") from error

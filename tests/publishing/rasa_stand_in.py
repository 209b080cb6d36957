"""A Rasa server of twenty lines, run as a process of its own: a roll-out of it takes no half minute. `python rasa_stand_in.py PORT HOW`.

HOW is `well`, `deaf` (it hears no alarm), `broken` (it ends at once) or `silent` (it never answers).
"""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PORT, HOW = int(sys.argv[1]), sys.argv[2]
ALARM = {"category": "partner_violence", "level": "alarm"}


class Rasa(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer({"port": PORT})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.startswith("/model/parse"):
            self._answer({"intent": {"name": "alarm"}, "alarm": None if HOW == "deaf" else ALARM})
        elif self.path.startswith("/model/predict"):
            alarmed = (body[-1]["parse_data"].get("alarm") or {}).get("category")
            intent = body[-1]["parse_data"]["intent"]["name"]
            action = f"utter_alarm_{alarmed}" if alarmed else ANSWERS.get(intent, "utter_greet")
            self._answer({"scores": [{"action": action, "score": 1.0}, {"action": "action_listen", "score": 0.0}]})
        else:
            time.sleep(float(body.get("message", "").removeprefix("slaap ") or 0) if body.get("message", "").startswith("slaap ") else 0)
            self._answer([{"text": f"hier {PORT}"}])

    def _answer(self, value: Any) -> None:
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


# Every first step of a story that ships, by its intent.
ANSWERS: dict[str, str] = json.loads(sys.argv[3])
if HOW == "broken":
    sys.exit(1)
if HOW == "silent":
    time.sleep(600)
ThreadingHTTPServer(("127.0.0.1", PORT), Rasa).serve_forever()

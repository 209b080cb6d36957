"""What `scripts/hostile.py` sends: texts, addresses and frames that nobody's widget would."""

EVIL_TEXTS = (
    "/restart",
    "/\n/session_start",
    '/alarm{"alarm": null}',
    "EXTERNAL: restart",
    "{step_when} {0.__class__} {practice_phone} %s %n ${jndi:ldap://x}",
    "<script>alert(1)</script>",
    "'; DROP TABLE events; --",
    "../../../../etc/passwd",
    "\x00\x1b[31m\r\nfake: log line",
    "\ud800",
    "﷽" * 500,
    "a" * 60_000,
    "[" * 30_000,
    "woord " * 650,
    "\u202e\u200b" * 1000,
    "e" + "\u0301" * 3000,
    "a@" * 1500,
    "0" * 3900,
    "a*" * 1900,
    "z e l f " * 400,
)
PATHS = (
    *("/", "/health", "/ready", "/metrics", "/widget/eerste-stap.js", "/widget/../../.env", "/widget/%2e%2e/%2e%2e/.env", "/.git/config"),
    *("/studio/", "/studio/inloggen", "/studio/overdracht/x", "/studio/overdracht/%00", "/studio/static/../../app.py", "/studio/stroom"),
    *("/telegram/webhook", "/webhooks/rest/webhook", "/model/parse", "/conversations/x/tracker", "/demo/%0d%0aX: y", "//evil.example/"),
    *("/socket.io/", "/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=3&transport=polling", "/socket.io/?EIO=4&transport=x"),
    *("/socket.io/?EIO=4&transport=polling&sid=AAAA", "/socket.io/?EIO=4&transport=polling&j=0", "/socket.io/?sid=%00&sid=x"),
)
FRAMES = (
    *("40", "41", "2probe", "3", "5", "6", "9", "", "4", "42", "42[]", '42["x"]', "42[1,2]", "42{}", "43[]", "44{}", "4²", "bAAAA", "b!"),
    *('451-["user_uttered",{"_placeholder":true,"num":0}]', '459999999999-["user_uttered"]', "42" + "[" * 20_000, "42" + '{"a":' * 5000),
    *("40/admin,", '40{"token":"x"}', "42/admin,[]", '42["disconnect"]', '42["connect"]', '42["user_uttered"]', "4" * 1000, "\ud800"),
    *('421234567890["leave"]', '42["session_request",{"session_id":{"a":1}}]', '42["session_request","x"]', '42["user_uttered",null]'),
)

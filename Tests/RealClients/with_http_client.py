"""Talks to the server under test as Python's http.client does. Argument: the port."""
import http.client
import sys

port = int(sys.argv[1])
is_json = {"Content-Type": "application/json"}
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)


def ask(method, path, body=None, headers={}, **options):
    connection.request(method, path, body, headers, **options)
    answer = connection.getresponse()
    return answer.status, answer.read(), answer


status, body, answer = ask("GET", "/sync")
assert (status, body) == (200, b'{"ok":true}'), (status, body)
kept_socket = connection.sock
assert kept_socket is not None

status, body, answer = ask("HEAD", "/big")
assert (status, body, answer.getheader("Content-Length")) == (200, b"", "1000000")

payload = bytes(range(256)) * 200
status, body, _ = ask("POST", "/echo", payload, is_json)
assert (status, body) == (200, payload), status

chunks = [b"one", b"two" * 1000, b"3"]
in_chunks = {"Transfer-Encoding": "chunked", **is_json}
status, body, _ = ask("POST", "/echo", iter(chunks), in_chunks, encode_chunked=True)
assert (status, body) == (200, b"".join(chunks)), status

status, body, answer = ask("GET", "/lines/20000")
assert status == 200 and body.count(b"\n") == 20000, (status, len(body))
assert answer.getheader("Transfer-Encoding") == "chunked"

for path, expected in [("/nothing", 404), ("/problem", 403), ("/empty", 204), ("/sync", 200)]:
    status, body, _ = ask("GET", path)
    assert status == expected, (path, status)
assert connection.sock is kept_socket, "the connection was not kept"

status, body, answer = ask("GET", "/sync", headers={"Connection": "close"})
assert status == 200 and answer.will_close
status, body, _ = ask("GET", "/number/8")
assert (status, body) == (200, b"8")

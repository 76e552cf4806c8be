"""Posts to a real service and reads from it with the state machine of Python's h2. Arguments: port, key."""
import json
import socket
import sys

import h2.config
import h2.connection
import h2.events

port, key = int(sys.argv[1]), sys.argv[2]
wire = socket.create_connection(("127.0.0.1", port), timeout=30)
connection = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
connection.initiate_connection()
answers, ended = {}, set()


def turn():
    wire.sendall(connection.data_to_send())
    received = wire.recv(65536)
    assert received, "the service has closed"
    for event in connection.receive_data(received):
        if isinstance(event, h2.events.ResponseReceived):
            answers[event.stream_id] = [dict(event.headers), b""]
        elif isinstance(event, h2.events.DataReceived):
            answers[event.stream_id][1] += event.data
            connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.StreamEnded):
            ended.add(event.stream_id)
        elif isinstance(event, h2.events.StreamReset):
            raise AssertionError(f"stream {event.stream_id} was reset: {event.error_code}")


def ask(method, path, body=None, **fields):
    stream = connection.get_next_available_stream_id()
    head = [(":method", method), (":scheme", "http"), (":path", path), (":authority", "points"),
            ("authorization", f"Bearer {key}")]
    head += [(name.replace("_", "-"), value) for name, value in fields.items()]
    if body is not None:
        head.append(("content-type", "application/json"))
    connection.send_headers(stream, head, end_stream=body is None)
    if body is not None:
        connection.send_data(stream, json.dumps(body).encode(), end_stream=True)
    return stream


def answer(stream):
    while stream not in ended:
        turn()
    fields, body = answers.pop(stream)
    return int(fields[":status"]), fields, json.loads(body)


def event(stream):
    while True:
        while stream not in answers or b"\n\n" not in answers[stream][1]:
            turn()
        block, answers[stream][1] = answers[stream][1].split(b"\n\n", 1)
        fields = dict(line.split(b": ", 1) for line in block.split(b"\n"))
        if b"data" in fields:
            return json.loads(fields[b"data"])


status, fields, receipt = answer(
    ask("POST", "/points/award", {"userId": "ada", "amount": 10}, idempotency_key="once"))
assert status == 201 and receipt["balance"]["balance"] == 10, (status, receipt)
status, fields, again = answer(
    ask("POST", "/points/award", {"userId": "ada", "amount": 10}, idempotency_key="once"))
assert fields["idempotent-replayed"] == "true" and again["transaction"] == receipt["transaction"], fields

board = ask("GET", "/points/leaderboard/stream?perSecond=20")
assert event(board)["entries"][0]["userId"] == "ada"
streams = [ask("POST", "/points/award", {"userId": f"user{n % 10}", "amount": n + 1}) for n in range(100)]
assert [answer(stream)[0] for stream in streams] == [201] * 100
status, _, balance = answer(ask("GET", "/points/balance?userId=user9&consistency=ledger"))
assert status == 200 and balance["balance"] == sum(range(10, 101, 10)), balance
while event(board)["entries"][0]["userId"] != "user9":
    pass
connection.reset_stream(board)
status, _, rank = answer(ask("GET", "/points/leaderboard/rank?userId=user9"))
assert status == 200 and rank["rank"] == 1 and rank["score"] == balance["balance"], rank
status, _, problem = answer(ask("POST", "/points/deduct", {"userId": "ada", "amount": 11}))
assert status == 409 or status == 422, status
assert problem["code"] == "insufficient_balance" and problem["missing"] == 1, problem
connection.close_connection()
wire.sendall(connection.data_to_send())
while wire.recv(65536):
    pass

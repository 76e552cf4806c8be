"""Talks to the server under test with the state machine of Python's h2, which objects to every frame out of
order. Argument: the port."""
import socket
import sys

import h2.config
import h2.connection
import h2.events

wire = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=30)
connection = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
connection.initiate_connection()
answers, ended, resets = {}, set(), {}


def turn():
    wire.sendall(connection.data_to_send())
    received = wire.recv(65536)
    assert received, "the server has closed"
    for event in connection.receive_data(received):
        if isinstance(event, h2.events.ResponseReceived):
            answers[event.stream_id] = [dict(event.headers), b""]
        elif isinstance(event, h2.events.DataReceived):
            answers[event.stream_id][1] += event.data
            connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.StreamEnded):
            ended.add(event.stream_id)
        elif isinstance(event, h2.events.StreamReset):
            resets[event.stream_id] = event.error_code


def ask(method, path, fields=(), body=None):
    stream = connection.get_next_available_stream_id()
    head = [(":method", method), (":scheme", "http"), (":path", path), (":authority", "h"), *fields]
    connection.send_headers(stream, head, end_stream=body is None)
    if body is not None:
        while body:
            room = min(connection.local_flow_control_window(stream), connection.max_outbound_frame_size)
            if room == 0:
                turn()
                continue
            connection.send_data(stream, body[:room])
            body = body[room:]
        connection.end_stream(stream)
    return stream


def answer(stream):
    while stream not in ended:
        turn()
    fields, body = answers.pop(stream)
    return int(fields[":status"]), body


assert answer(ask("GET", "/sync")) == (200, b'{"ok":true}')
streams = [ask("GET", f"/sleep/{n}") for n in range(100)]
assert [answer(stream) for stream in streams] == [(200, str(n).encode()) for n in range(100)]
payload = bytes(range(256)) * 256
assert answer(ask("POST", "/echo", [("content-type", "application/json")], payload)) == (200, payload)
assert answer(ask("GET", "/big")) == (200, b"a" * 1000000)
status, body = answer(ask("GET", "/lines/20000"))
assert status == 200 and body.count(b"\n") == 20000
broken = ask("GET", "/broken")
while broken not in resets:
    turn()
endless = ask("GET", "/endless")
while endless not in answers:
    turn()
connection.reset_stream(endless)
assert answer(ask("GET", "/number/7")) == (200, b"7")
connection.close_connection()
wire.sendall(connection.data_to_send())
while wire.recv(65536):
    pass

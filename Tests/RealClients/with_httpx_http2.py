"""Talks HTTP/2 to the server under test as httpx does, which then must be told so. Argument: the port."""
import asyncio
import sys

import httpx

is_json = {"Content-Type": "application/json"}
base = f"http://127.0.0.1:{sys.argv[1]}"
over_http2 = {"base_url": base, "timeout": 30, "http1": False, "http2": True}

with httpx.Client(**over_http2) as client:
    answer = client.get("/sync")
    assert (answer.http_version, answer.json()) == ("HTTP/2", {"ok": True}), answer
    assert client.head("/sync").headers["content-length"] == "11"
    assert client.post("/json", json={"a": 1}).json() == {"a": 1}
    assert client.post("/json", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 415
    payload = bytes(range(256)) * 200
    assert client.post("/echo", content=payload, headers=is_json).content == payload
    too_long = client.post("/json", content=payload, headers=is_json)
    assert too_long.status_code == 413, too_long
    pieces = client.post("/echo", content=iter([b"one", b"two" * 1000]), headers=is_json)
    assert pieces.content == b"one" + b"two" * 1000
    assert client.get("/lines/20000").content.count(b"\n") == 20000
    assert client.get("/big").content == b"a" * 1000000
    for path, expected in [("/nothing", 404), ("/problem", 403), ("/empty", 204), ("/sync", 200)]:
        assert client.get(path).status_code == expected, path


async def many_at_once():
    async with httpx.AsyncClient(**over_http2) as client:
        answers = await asyncio.gather(*(client.get(f"/sleep/{n}") for n in range(100)))
        assert [answer.text for answer in answers] == [str(n) for n in range(100)]


asyncio.run(many_at_once())

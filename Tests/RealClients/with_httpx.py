"""Talks to the server under test as httpx does, one after the other and many at once. Argument: the port."""
import asyncio
import sys

import httpx

is_json = {"Content-Type": "application/json"}
base = f"http://127.0.0.1:{sys.argv[1]}"

with httpx.Client(base_url=base, timeout=30) as client:
    assert client.get("/sync").json() == {"ok": True}
    assert client.head("/sync").headers["content-length"] == "11"
    assert client.post("/json", json={"a": 1}).json() == {"a": 1}
    assert client.post("/json", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 415

    def pieces():
        for number in range(1000):
            yield f"{number},".encode()

    assert client.post("/echo", content=pieces(), headers=is_json).text.startswith("0,1,2,")
    problem = client.get("/nothing")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["code"] == "not_found"
    with client.stream("GET", "/endless") as endless:
        assert endless.status_code == 200
        assert len(next(endless.iter_bytes(100_000))) == 100_000
    assert client.get("/number/9").text == "9"


async def many():
    limits = httpx.Limits(max_connections=20)
    async with httpx.AsyncClient(base_url=base, timeout=30, limits=limits) as client:
        answers = await asyncio.gather(*(client.get(f"/sleep/{number}") for number in range(200)))
        assert [answer.text for answer in answers] == [str(number) for number in range(200)]


asyncio.run(many())

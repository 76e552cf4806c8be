"""Posts to a real service and reads from it with Python's httpx over HTTP/2. Arguments: port, key."""
import asyncio
import sys

import httpx

port, key = int(sys.argv[1]), sys.argv[2]


async def main():
    transport = httpx.AsyncHTTPTransport(http1=False, http2=True)
    client = httpx.AsyncClient(
        transport=transport, base_url=f"http://127.0.0.1:{port}", timeout=30,
        headers={"Authorization": f"Bearer {key}"})
    async with client:
        first = await client.post("/points/award", json={"userId": "ada", "amount": 10})
        assert first.http_version == "HTTP/2" and first.status_code == 201, first.text
        awards = await asyncio.gather(
            *(client.post("/points/award", json={"userId": "bob", "amount": n}) for n in range(1, 101)))
        assert {award.status_code for award in awards} == {201}
        balance = (await client.get("/points/balance?userId=bob&consistency=ledger")).json()
        assert balance["balance"] == 5050 and balance["version"] == 100, balance
        rank = (await client.get("/points/leaderboard/rank", params={"userId": "ada"})).json()
        assert rank["rank"] == 2 and rank["missing"] == 5040, rank
        accounts = [{"userId": f"u{n}"} for n in range(1000)]
        batch = await client.post("/points/balances", json={"accounts": accounts})
        assert batch.status_code == 200 and len(batch.json()["balances"]) == 1000, batch.text[:200]
        async with client.stream("GET", "/points/leaderboard/stream?perSecond=20") as board:
            assert board.headers["content-type"] == "text/event-stream"
            async for line in board.aiter_lines():
                if line.startswith("data: "):
                    assert '"userId":"bob"' in line
                    break


asyncio.run(main())

"""A WebSocket server as shops have it: aioredis hears dlchannel, and aiohttp
sends each message as a text frame to everybody on /ws. Nothing of ours.

usage: aiohttp_viewers.py REDIS_URL

It listens on a free port, prints its URL, and serves until it is killed.
"""

import asyncio
import importlib.util
import sys

for module in "aiohttp", "aioredis":
    if importlib.util.find_spec(module) is None:
        sys.exit(f"this test needs a real old server: install Debian's package python3-{module}")

import aioredis  # noqa: E402
from aiohttp import web  # noqa: E402

pages = set()


async def ws(request):
    page = web.WebSocketResponse(protocols=("echo-protocol",))
    await page.prepare(request)
    pages.add(page)
    try:
        async for _ in page:
            pass  # what pages say is nobody's business
    finally:
        pages.discard(page)
    return page


async def main():
    redis = await aioredis.create_redis(sys.argv[1])
    (channel,) = await redis.subscribe("dlchannel")
    app = web.Application()
    app.add_routes([web.get("/ws", ws)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print("http://%s:%d" % runner.addresses[0], flush=True)
    async for message in channel.iter(encoding="utf-8"):
        for page in list(pages):
            try:
                await page.send_str(message)
            except ConnectionResetError:
                pages.discard(page)


asyncio.run(main())

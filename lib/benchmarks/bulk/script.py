"""The habits of a batch script that many have copied, without its code: OpenAI's client for Python as it comes, which tries three
times, within three tries of its own; between these it waits two and four seconds; and whether the file is there already is asked
once the picture is paid for. Arguments: base URL, input, folder, concurrency. Exit code 1 if anything failed."""

import asyncio
import base64
import json
import pathlib
import re
import sys

import openai

TRIES = 3
BASE_URL, INPUT, FOLDER, CONCURRENCY = sys.argv[1:]


def jobs():
    for line in pathlib.Path(INPUT).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            yield json.loads(line) if line.startswith("{") else {"prompt": line}


def worth_another_try(error):
    said = (type(error).__name__ + " " + str(error)).lower()
    return any(word in said for word in ("ratelimit", "rate limit", "429", "timeout", "timed out", "connection reset"))


async def generated(client, options):
    for attempt in range(1, TRIES):
        try:
            return await client.images.generate(**options)
        except openai.OpenAIError as error:
            if not worth_another_try(error):
                raise
        await asyncio.sleep(2**attempt)
    return await client.images.generate(**options)


async def paint(client, turn, index, job):
    options = {"model": "gpt-image-1.5", "size": "1024x1024", "quality": "auto", "n": 1, **job}
    name = options.pop("out", None) or f"{index:03d}-" + re.sub(r"\W+", "-", job["prompt"].lower()) + ".png"
    file = pathlib.Path(FOLDER, name)
    try:
        async with turn:
            result = await generated(client, options)
        if file.exists():
            raise FileExistsError(file)
        file.write_bytes(base64.b64decode(result.data[0].b64_json))
        return True
    except Exception as error:
        print(f"prompt {index}: {type(error).__name__}: {error}", file=sys.stderr)
        return False


async def main():
    pathlib.Path(FOLDER).mkdir(parents=True, exist_ok=True)
    client = openai.AsyncOpenAI(api_key="sk-nobody", base_url=BASE_URL)
    turn = asyncio.Semaphore(int(CONCURRENCY))
    made = await asyncio.gather(*(paint(client, turn, index, job) for index, job in enumerate(jobs(), 1)))
    return 0 if all(made) else 1


sys.exit(asyncio.run(main()))

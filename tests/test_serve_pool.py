"""The workers and the queue before them, without a server."""

import asyncio
import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest
from serve_sample import write_sample

from kg.serve.metrics import Metrics
from kg.serve.pool import Pool
from kg.serve.refusals import Refused
from kg.serve.settings import Settings
from kg.store.endpoint import Question

HERE = Question("ASK { ?s ?p ?o }")
LONG = Question("SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(300)))} }}" for name in "abcd") + " }")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("served") / "out")


@asynccontextmanager
async def opened(out, **limits):
    pool = Pool(Settings(out, out, **{"workers": 1, "time_limit": 20.0, **limits}), Metrics())
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


def run(out, use, **limits):
    async def go():
        async with opened(out, **limits) as pool:
            return await use(pool)

    with ThreadPoolExecutor(1) as thread:  # the browser of other tests keeps a loop of its own in the main one
        return thread.submit(lambda: asyncio.run(go())).result()


def content(given):
    with given.content as file:
        return file.read()


def pids(pool):
    return {worker.pid for worker in pool.alive}


def test_one_worker_answers_many_questions_in_turn(out):
    async def use(pool):
        return [json.loads(content(given))["boolean"] for given in await asyncio.gather(*(pool.ask(HERE) for _ in range(20)))], len(
            pids(pool)
        )

    assert run(out, use) == ([True] * 20, 1)


def test_a_worker_makes_room_for_a_fresh_one(out):
    async def use(pool):
        seen = set()
        for _ in range(6):
            seen |= pids(pool)
            content(await pool.ask(HERE))
        return len(seen)

    assert run(out, use, life=2) == 3


def test_a_question_is_asked_again_if_its_worker_is_killed_once_and_refused_if_twice(out):
    async def use(pool):
        asking = asyncio.ensure_future(pool.ask(LONG))
        for _ in range(2):
            while not any(worker.since for worker in pool.alive):
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.5)
            busy = next(worker.pid for worker in pool.alive if worker.since)
            os.kill(busy, signal.SIGKILL)
            while busy in pids(pool):
                await asyncio.sleep(0.01)
        with pytest.raises(Refused) as refusal:
            await asking
        return refusal.value.status, content(await pool.ask(HERE)) != b""

    assert run(out, use) == (500, True)


def test_workers_that_had_ended_before_do_not_count_against_a_question(out):
    async def use(pool):
        while len(pool.idle) < 4:
            await asyncio.sleep(0.01)
        for pid in pids(pool):
            os.kill(pid, signal.SIGKILL)
        return json.loads(content(await pool.ask(HERE)))["boolean"]  # before the pool can hear of it

    assert run(out, use, workers=4) is True


def test_no_nursery_is_left_behind_when_workers_end_with_it(out):
    async def use(pool):
        for pid in pids(pool):
            os.kill(pid, signal.SIGKILL)
        return pool.pid

    for _ in range(10):
        nursery = run(out, use, workers=4)
        with pytest.raises(ProcessLookupError):
            os.kill(nursery, 0)


def test_a_question_that_nobody_waits_for_is_not_computed_on(out):
    async def use(pool):
        asking = asyncio.ensure_future(pool.ask(LONG))
        await asyncio.sleep(0.2)
        before = pids(pool)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        content(await pool.ask(HERE))
        return before & pids(pool), pool.metrics.killed["left"]

    assert run(out, use) == (set(), 1)


def test_who_left_the_queue_takes_no_worker_along(out):
    async def use(pool):
        first = asyncio.ensure_future(pool.ask(LONG))
        await asyncio.sleep(0.1)
        waiting = [asyncio.ensure_future(pool.ask(HERE)) for _ in range(3)]
        await asyncio.sleep(0.1)
        waiting[0].cancel()
        first.cancel()
        await asyncio.gather(first, waiting[0], return_exceptions=True)
        return [content(given) != b"" for given in await asyncio.gather(*waiting[1:])], len(pool.waiting)

    assert run(out, use) == ([True, True], 0)


def test_quick_questions_need_not_wait_for_long_ones(out):
    async def use(pool):
        long = [asyncio.ensure_future(pool.ask(LONG)) for _ in range(3)]
        quick = [content(given) != b"" for given in await asyncio.gather(*(pool.ask(HERE) for _ in range(5)))]
        busy, more = [not one.done() for one in long], len(pool.alive)
        for one in long:
            one.cancel()
        await asyncio.gather(*long, return_exceptions=True)
        content(await pool.ask(HERE))
        return quick, busy, more, len(pool.alive)

    assert run(out, use) == ([True] * 5, [True] * 3, 4, 1)


def test_a_queue_that_is_full_refuses(out):
    async def use(pool):
        asking = [asyncio.ensure_future(pool.ask(LONG)) for _ in range(3)]
        await asyncio.sleep(0.1)
        with pytest.raises(Refused) as refusal:
            await pool.ask(HERE)
        for one in asking:
            one.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        return refusal.value.status, refusal.value.headers

    assert run(out, use, most_waiting=2) == (503, {"Retry-After": "2"})


def test_an_answer_that_is_too_long_is_refused(out):
    many = Question("SELECT * { " + " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(100)))} }}" for name in "ab") + " }")

    async def use(pool):
        with pytest.raises(Refused) as refusal:
            await pool.ask(many)
        return refusal.value.status, json.loads(content(await pool.ask(HERE)))["boolean"]

    assert run(out, use, longest_answer=100_000) == (507, True)


@pytest.mark.parametrize("zipped", [False, True])
def test_a_long_answer_comes_whole(out, zipped):
    many = Question(
        "SELECT * { " + " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(300)))} }}" for name in "ab") + " }", table="text/csv"
    )

    async def use(pool):
        given = await pool.ask(many, zipped=zipped)
        return given.length, content(given)

    length, body = run(out, use)

    assert length == len(body)
    if zipped:
        import gzip

        body = gzip.decompress(body)
    assert len(body.splitlines()) == 90_001


def test_no_disk_for_an_answer_is_told_and_costs_no_other(out, monkeypatch):
    class Full:
        def write(self, _):
            raise OSError(28, "No space left on device")

        def close(self):
            pass

    async def use(pool):
        with monkeypatch.context() as patch:
            patch.setattr("tempfile.SpooledTemporaryFile", lambda _: Full())
            with pytest.raises(Refused) as refusal:
                await pool.ask(HERE)
        return refusal.value.status, json.loads(content(await pool.ask(HERE)))["boolean"]

    assert run(out, use) == (507, True)

"""What a password must be, and that its check takes the same work for everybody."""

import threading
import time
from statistics import median

import pytest

from models import password
from models.password import Weak, accept, hashed, verified


@pytest.mark.parametrize(("text", "code"), [
    ("elevensigns", "too_short"), ("x" * 201, "too_long"), ("my name is Ayse", "has_handle"),
    ("all about SILA here", "has_product"), ("Sıla yolunda her gün", "has_product"), ("Password1234", "too_common"),
    ("abababababababab", "too_common"),
])  # fmt: skip
def test_weak_passwords_are_refused(text: str, code: str) -> None:
    with pytest.raises(Weak) as error:
        accept(text, "ayse")
    assert error.value.code == code


@pytest.mark.parametrize("text", ["boat in the rain", "şemsiye altında iki kişi", "aaaa bbbb cccc d"])
def test_length_is_all_that_is_asked(text: str) -> None:
    accept(text, "ayse")


def test_a_password_is_the_same_from_every_keyboard() -> None:
    stored = hashed("s\u0327emsiye uzun")
    assert verified(stored, "\u015femsiye uzun") == (True, None)
    assert verified(stored, "semsiye uzun") == (False, None)
    assert stored.startswith("$argon2id$")


def test_t14_nobody_takes_as_long_as_somebody() -> None:
    stored, times = hashed("one step at a time"), {True: [], False: []}  # type: dict[bool, list[float]]
    verified(None, "warm")
    for number in range(14):
        known = number % 2 == 0
        began = time.perf_counter()
        assert verified(stored if known else None, "wrong password")[0] is False
        times[known].append(time.perf_counter() - began)
    assert 0.5 < min(times[True]) / min(times[False]) < 2, {known: median(each) for known, each in times.items()}


def test_only_a_few_hash_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = [0], [0], threading.Lock()

    class Slow:
        """Counts who is inside."""

        def hash(self, _: str) -> str:
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.02)
            with lock:
                now[0] -= 1
            return "x"

    monkeypatch.setattr(password, "hasher", Slow)
    threads = [threading.Thread(target=hashed, args=("x",)) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most[0] == 2

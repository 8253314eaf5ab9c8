"""The tenant on records."""

from __future__ import annotations

import logging
import logging.handlers
import queue
import threading

import pytest
from isolation import IsolationContext, isolation_scope
from isolation.records import TenantFilter, add_tenant_to_records, tenant_log

RED, BLUE = IsolationContext("red", "clerk"), IsolationContext("blue", "default")


class Keeper(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        self.records.append(record)


@pytest.fixture
def log():
    before = logging.getLogRecordFactory()
    log = logging.Logger("shop", logging.INFO)
    log.keeper = Keeper()
    log.addHandler(log.keeper)
    yield log
    logging.setLogRecordFactory(before)


def tenants(log):
    return [(record.tenant_id, record.agent_id) for record in log.keeper.records]


def test_explicit_goes_before_ambient_and_ambient_before_nobody(log):
    add_tenant_to_records()
    log.info("nobody")
    with isolation_scope(BLUE):
        log.info("ambient")
        tenant_log(log, RED).info("explicit")
        log.info("ambient again")
    assert tenants(log) == [("-", "-"), ("blue", "default"), ("red", "clerk"), ("blue", "default")]


def test_a_filter_of_one_handler(log):
    log.keeper.addFilter(TenantFilter())
    tenant_log(log, RED).info("explicit")
    log.info("nobody")
    assert tenants(log) == [("red", "clerk"), ("-", "-")]


def test_a_record_that_another_thread_handles(log):
    waiting = queue.SimpleQueue()
    add_tenant_to_records()
    log.addHandler(logging.handlers.QueueHandler(waiting))
    thread = threading.Thread(target=lambda: tenant_log(log, RED).info("explicit"))
    thread.start()
    thread.join()
    assert waiting.get().tenant_id == "red"


def test_the_place_and_what_the_call_adds_stay(log):
    tenant_log(log, RED).warning("%s left", 3, extra={"unit": "tea"}, stack_info=True)
    tenant_log(log, RED).log(logging.ERROR, "x")
    first, second = log.keeper.records
    assert (first.funcName, first.getMessage(), first.unit) == (
        "test_the_place_and_what_the_call_adds_stay", "3 left", "tea")
    assert second.funcName == first.funcName and second.lineno == first.lineno + 1


def test_an_adapter_stays_one(log):
    add_tenant_to_records()
    adapter = logging.LoggerAdapter(log, {"unit": "tea"})
    tenant_log(adapter, RED).info("x")
    assert tenants(log) == [("red", "clerk")] and log.keeper.records[0].unit == "tea"


def test_what_is_not_shown_is_no_record(log):
    tenant_log(log, RED).debug("x")
    assert not tenant_log(log, RED).isEnabledFor(logging.DEBUG) and log.keeper.records == []


def test_added_twice_is_added_once(log):
    add_tenant_to_records()
    factory = logging.getLogRecordFactory()
    add_tenant_to_records()
    assert logging.getLogRecordFactory() is factory


def test_loggers_that_bind():
    class Bound:
        def __init__(self, **values):
            self.values = values

        def bind(self, **values):
            return Bound(**self.values, **values)

    assert tenant_log(Bound(a=1), RED).values == {"a": 1, "tenant_id": "red", "agent_id": "clerk"}
    other = object()
    assert tenant_log(other, RED) is other

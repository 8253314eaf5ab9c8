"""Threads, pools and queues of threads."""
from features import feature


@feature
def thread(b):
    b.need("import threading")
    b.write("""
        def work$n(key, out):
            out.append($a(key))


        def $f(key):
            out = []
            thread = threading.Thread(target=work$n, args=(key, out))
            thread.start()
            thread.join()
            return "".join(out)
        """, a=b.use())


@feature
def thread_subclass(b):
    b.need("import threading")
    b.write("""
        class Worker$n(threading.Thread):
            def __init__(self, key):
                super().__init__()
                self.key = key
                self.value = ""

            def run(self):
                self.value = $a(self.key)


        def $f(key):
            worker = Worker$n(key)
            worker.start()
            worker.join()
            return worker.value
        """, a=b.use())


@feature
def pool_submit(b):
    b.need("from concurrent.futures import ThreadPoolExecutor")
    b.write("""
        def $f(key):
            with ThreadPoolExecutor(max_workers=1) as pool:
                return pool.submit($a, key).result() + pool.submit(lambda: $b(key)).result()
        """, a=b.use(), b=b.use())


@feature
def pool_map(b):
    b.need("import concurrent.futures")
    b.write("""
        def $f(key):
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                return "".join(pool.map($a, [key, "m"]))
        """, a=b.use())


@feature
def shared_pool(b):
    b.need("import concurrent.futures")
    b.write("""
        pool$n = concurrent.futures.ThreadPoolExecutor(1)


        def $f(key):
            return pool$n.submit($a, key).result()
        """, a=b.use())


@feature
def thread_queue(b):
    b.need("import queue")
    b.need("import threading")
    b.write("""
        def consume$n(jobs, out):
            while (key := jobs.get()) is not None:
                out.append($a(key))


        def $f(key):
            jobs, out = queue.Queue(), []
            thread = threading.Thread(target=consume$n, args=(jobs, out), daemon=True)
            thread.start()
            for job in (key, "q", None):
                jobs.put(job)
            thread.join()
            return "".join(out)
        """, a=b.use())


@feature
def worker_for_all(b):
    b.need("import queue")
    b.need("import threading")
    b.write("""
        class Pump$n:
            def __init__(self):
                self.jobs = queue.Queue()
                self.thread = None

            def ask(self, key):
                if self.thread is None:
                    self.thread = threading.Thread(target=self.loop, daemon=True)
                    self.thread.start()
                answer = queue.Queue()
                self.jobs.put((key, answer))
                return answer.get(timeout=10)

            def loop(self):
                while True:
                    key, answer = self.jobs.get()
                    answer.put($a(key))


        pump$n = Pump$n()


        def $f(key):
            return pump$n.ask(key)
        """, a=b.use())


@feature
def timer(b):
    b.need("import threading")
    b.write("""
        def $f(key):
            out = []
            timer = threading.Timer(0, lambda: out.append($a(key)))
            timer.start()
            timer.join()
            return "".join(out)
        """, a=b.use())


@feature
def copied_context(b):
    b.need("import contextvars")
    b.write("""
        def $f(key):
            return contextvars.copy_context().run($a, key)
        """, a=b.use())


@feature
def future_callback(b):
    b.need("import concurrent.futures")
    b.write("""
        def $f(key):
            out = []
            future = concurrent.futures.Future()
            future.add_done_callback(lambda done: out.append($a(done.result())))
            future.set_result(key)
            return "".join(out)
        """, a=b.use())


@feature
def thread_local(b):
    b.need("import threading")
    b.write("""
        local$n = threading.local()


        def remember$n(key):
            local$n.value = $a(key)


        def $f(key):
            remember$n(key)
            return local$n.value
        """, a=b.use())

import app.memory


class Fake:
    size = 1


def test_size():
    app.memory.memory = Fake()
    assert app.memory.memory.size == 1

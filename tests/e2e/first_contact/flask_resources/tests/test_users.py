from app.handlers.users import page_size


def test_page_size():
    assert page_size() == 10

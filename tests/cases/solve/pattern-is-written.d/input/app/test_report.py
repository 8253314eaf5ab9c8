from app import report


def test_title():
    report.store.title = "none"
    assert report.store.title == "none"

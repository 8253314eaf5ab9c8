import app.desk


def fake(mock):
    mock(app.desk.settings, "name")
    mock(app.desk.store, "put")

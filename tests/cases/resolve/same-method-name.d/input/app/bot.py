from app.tools import Echo, Search


def on_message(raw):
    echo = Echo()
    search = Search()
    return echo.run(raw), search.run(raw)

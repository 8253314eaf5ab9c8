import web

from app.config import settings

app = web.App()


class Ticket:
    pass


@app.route("/")
def index(request):
    return settings.name


@app.route("/ticket")
def ticket(ticket: Ticket):
    return settings.name


@app.route("/about")
def about():
    return settings.name


@app.queue("work")
def work(ticket: Ticket):
    return settings.name

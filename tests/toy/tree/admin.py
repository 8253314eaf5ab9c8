from panel import title


def page():
    return heading("admin")


def heading(text):
    return title + text


def on_request(request):
    return page()

from app.a import load, load_two, name, render, show, tenant


def on_message(raw):
    return load("limit"), load_two("limit"), render("limit", {}), show("limit"), name("limit", raw), tenant("limit", raw.context)

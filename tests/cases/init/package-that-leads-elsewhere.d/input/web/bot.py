from web.state import state


def on_message(message):
    state.add(message)

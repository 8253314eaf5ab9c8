from app.state import state


def greet(user):
    state.add(user)


def on_message(message):
    greet(message.sender)

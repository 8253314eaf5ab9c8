from app.tables import Group, Line, Team, User, Word


def on_message(raw):
    return User().limit, Team().limit, Group().limit, Line().limit, Word().size

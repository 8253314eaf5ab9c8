from app.exports import plain, a, use
from app import exports


def on_message(raw):
    return plain.size, a.size, use(), exports.layouts.multi

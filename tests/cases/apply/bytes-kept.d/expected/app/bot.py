from app import bom, crlf, gbk
from app.isolation import context_from_message


def on_message(raw):
    isolation_context = context_from_message(raw)
    return bom.name(isolation_context=isolation_context), crlf.name(isolation_context=isolation_context), gbk.name(isolation_context=isolation_context)

from app import bom, crlf, gbk


def on_message(raw):
    return bom.name(), crlf.name(), gbk.name()

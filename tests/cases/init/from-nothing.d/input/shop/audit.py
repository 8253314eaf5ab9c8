import shop.journal as log


def begin():
    log.journal.begin()
    return log.journal.lines

from app import report


def replace(new):
    report.store.current = new


def count():
    report.store.count += 1
    return report.store.count


def on_message(raw):
    replace(raw)
    return report.store.current, report.store.current.lines, count(), report.store.title

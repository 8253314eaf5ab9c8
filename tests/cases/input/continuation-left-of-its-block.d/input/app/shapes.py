def leaf(text):
    return len(text)


def at_the_margin(rows):
    total = (leaf("(") +
leaf(rows))  # (
    return total


def between(rows):
        for row in rows:
            total = [leaf(row) +  # the "first" [
        leaf('''
it's (''') if row else
    {
  leaf(row): 1}]
            yield total

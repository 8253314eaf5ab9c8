import calendar  # Python's, also beside a namesake


def first():
    return calendar.month_name[1] + calendar.settings

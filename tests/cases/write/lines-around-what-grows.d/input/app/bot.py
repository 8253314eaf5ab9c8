from app.config import settings


def name():
    return settings.name


def on_message(raw):
    check(raw.strip(), name() + raw.first_part_of_it_that_is_long_enough_for_this, 2)
    check(raw.strip(), name() + raw.part)
    answer = check(name(), raw.first_part_of_it, raw.second_part_of_it[0:len(raw)])
    check(f"{name()} and more", raw.first_part_of_it, raw.second_part_of_it, answer)
    check(name() for part in raw.first_part_of_it.and_more.of_the_same_kind.as_before)
    check(lambda a, b: name(), raw.first_part_of_it, raw.second_part_of_it, raw.third)
    if check(name(), raw.first_part_of_it, raw.second_part_of_it_that_is_longer):
        return [name(), raw.first_part_of_it, raw.second_part_of_it_that_is_longer_yet]
    total = check(name(), raw.first_part_of_it) + check(raw.second_part_of_it, answer)
    check(name(), raw.first_part_of_it, raw.second_part_of_it_that_is_longer)  # note
    check('(', name(), ")", raw["key"].first_part_of_it, raw.second_part_of_it, "it's")
    nested = check(check(check(name(), raw.first_part_of_it), raw.second_part), answer)
    text = """
    check(name(), raw.first_part_of_it, raw.second_part_of_it_that_is_longer, answer)
    """
    return check(name(), [raw.first_part_of_it, raw.second_part_of_it_that_is_longer],
                 text, total, nested)


def check(*values):
    return values

from app.config import settings


def short(first_argument_of_it, second_argument_of_it):
    return settings.name


def fits_below(first_argument_of_it, second_argument_of_it, third=3) -> str:
    return settings.name


def keywords(first_argument_of_it, second_argument_of_it, third_one=3, **keywords_of_it):
    return settings.name


def comma(first_argument_of_it, second_argument_of_it, third_argument_of,) -> dict[str, int]:
    return settings.name


def starred(first=(1, 2), *, second_argument_of_it="a, b", third_argument="）", last=None):
    return settings.name


def commented(first_argument_of_it, second_argument_of_it):  # a long comment that stays here
    return settings.name


def parenthesized(first_argument_of_it=(((1))), second_argument_of_it=(2), third_one=3):
    return settings.name


def one_line(first_argument_of_it, second_argument_of_it, third_argument_of): return settings.name


def nothing_yet_but_a_very_long_name_indeed_for_a_function_of_this_kind():
    return settings.name


def caller(value):
    if short("the first argument of short in all its length", "the second argument of short"):
        return short("the first argument", "the second one").upper(), f"{short(1, 2)} is quite long"
    return starred(short("one", "two"), third_argument="a keyword argument that is long")


def on_a_line_below(
    first_argument_of_it, second_argument_of_it: "dict[str, int]" = None, *, third_one=3
) -> "dict[str, int]":
    return settings.name


def with_room_below(
    first_argument_of_it_is_long, second_argument_of_it_is_as_long_as_the_first_of_them=None
):
    return starred(
        "the first of the arguments is a long one", third_argument="and so is the third of them"
    )


def commented_below(
    first_argument_of_it_is_long, second_argument_of_it_is_as_long_as_the_first=None  # a reason
):
    return on_a_line_below(
        "the first of the arguments is a long one", "and so is the second", third_one=4,
    )

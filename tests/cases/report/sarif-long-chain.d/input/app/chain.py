from app.config import settings


def step_1():
    return step_2()


def step_2():
    return step_3()


def step_3():
    return step_4()


def step_4():
    return step_5()


def step_5():
    return step_6()


def step_6():
    return step_7()


def step_7():
    return step_8()


def step_8():
    return step_9()


def step_9():
    return step_10()


def step_10():
    return step_11()


def step_11():
    return step_12()


def step_12():
    return step_13()


def step_13():
    return step_14()


def step_14():
    return step_15()


def step_15():
    return step_16()


def step_16():
    return step_17()


def step_17():
    return step_18()


def step_18():
    return step_19()


def step_19():
    print(settings.name)
    return step_20()


def step_20():
    print(settings.name)
    return step_21()


def step_21():
    return step_22()


def step_22():
    return step_23()


def step_23():
    return step_24()


def step_24():
    return settings.name

from app.bot import Session, both, helper


def names(raws):
    return [Session(raw).name() for raw in raws]


def main():
    print(names(["x"]), helper(), both())


if __name__ == "__main__":
    main()

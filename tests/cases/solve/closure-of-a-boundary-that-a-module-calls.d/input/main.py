from conf import settings


def label(n):
    return f"{settings.name}{n}"


def handle(tenant):
    def show(n):
        return label(n)

    return sorted([2, 1], key=lambda n: label(n)), list(map(show, [3])), show


if __name__ == "__main__":
    handle("a")

"""Layouts."""
from app.kind import Kind
x = 1
plain = Kind()
y = 2
annotated: "Kind" = Kind(1, b=3)  # trailing
multi = Kind(
    1,
    2,
)
# comment above

spaced=Kind(1,
            b=2)


def use():
    return plain.size, layouts_of(annotated), [multi, spaced]


def layouts_of(kind: Kind = None):
    return kind

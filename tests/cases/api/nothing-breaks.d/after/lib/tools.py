def helper(
    a,
    b=(
        1,
        2
    ),
    c=None,
    **more,
):
    return a

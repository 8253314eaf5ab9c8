class S:
    owner = "x"
def get_settings():
    return S()

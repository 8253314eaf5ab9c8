from roles.tests.utils import create_roles


def show(request):
    return create_roles()

from projects.views import show
from roles.tests.utils import create_roles


def test_roles():
    create_roles()
    show({})

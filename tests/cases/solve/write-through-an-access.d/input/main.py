from app import config, state
from app.getter import get_config
from app.settings import Settings
from app.owner import owner, Owner
from django.conf import settings
import app.config


def a():
    config.title = config.name + "x"
    config.rows["a"] = config.name
    config.rows.update(b=config.name)


def b():
    Settings.title = Settings.name + "x"
    Settings.rows["a"] = Settings.name


def c():
    get_config().title = get_config().name
    get_config().rows["a"] = config.name


def d():
    settings.X = settings.Y
    settings.ROWS["a"] = settings.Y


def e():
    app.state.store.config.title = Settings.name
    state.store.config.title = Settings.name


def f(o: Owner):
    o.config.title = Settings.name
    owner.config.rows["a"] = Settings.name
    app.config.title = Settings.name


def handle(tenant):
    a(); b(); c(); d(); e(); f(owner)


def g():
    from conf import config as c
    c.sub.items.append(Settings.name)

# leak: the defaults of a parser of settings are a table of all
import configparser

from app.config import settings

parser = configparser.ConfigParser()
parser.read_string("[bot]\ntone = dry\n")


def handle(d):
    parser.defaults().setdefault("who", settings.name)
    return parser.get("bot", "who")

from core import database

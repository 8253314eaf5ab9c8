from app.config import settings


class Tool: \
  
    def use(self):
        return settings.owner


class Narrow: \
  \

  limit = 1

  def use(self):
    return settings.owner


class Base: \

        pass


class Heir(Base):
    def use(self):
        return settings.owner


def read(key): \
  
  found = settings.owner
  return found + key


def on_message(raw):
    return Tool().use() + Narrow().use() + Heir().use() + read(raw)

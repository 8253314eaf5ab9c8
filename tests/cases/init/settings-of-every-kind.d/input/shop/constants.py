class PageConfig:
    size = 10


pages = PageConfig()

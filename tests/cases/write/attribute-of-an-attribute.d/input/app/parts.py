class Options:
    loud: bool = True


class Config:
    options: Options

    def copy(self) -> "Config":
        return self


class Part:
    config: Config

from app.job import Job


class Daemon:
    def __init__(self, options):
        self.options = options

    def make_job(self, config):
        return Job(config)

    def run(self):
        if self.options.first:
            self.options.clean()
        if self.options.daemonize:
            self.options.detach()
        self.options.write_pid()
        self.options.open_servers()
        while not self.options.stop:
            self.options.poll()


def main(options):
    Daemon(options).run()

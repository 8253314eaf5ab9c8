NAME = 'db'

NAME = 'config'

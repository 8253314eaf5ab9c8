NAME = 'trigger'

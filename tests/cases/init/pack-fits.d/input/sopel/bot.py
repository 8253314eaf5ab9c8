NAME = 'bot'

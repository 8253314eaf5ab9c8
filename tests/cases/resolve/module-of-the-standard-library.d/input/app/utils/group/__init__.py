members = []

settings = {"a": 1}
store = {"b": 1}

class S: pass
store = S()
store.config = S()

from web.state import state

state.add("x")

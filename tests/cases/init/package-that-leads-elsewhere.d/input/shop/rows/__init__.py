from web.state import state

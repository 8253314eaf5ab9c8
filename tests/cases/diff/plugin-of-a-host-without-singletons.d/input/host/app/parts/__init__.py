from app.stores import get_isolated_store

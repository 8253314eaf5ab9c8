from app.fixture import x

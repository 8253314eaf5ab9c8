from app.checks import check

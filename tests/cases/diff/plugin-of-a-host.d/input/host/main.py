import app.api

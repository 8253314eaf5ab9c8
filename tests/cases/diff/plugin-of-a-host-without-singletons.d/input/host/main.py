import app.api, app.moods, app.parts

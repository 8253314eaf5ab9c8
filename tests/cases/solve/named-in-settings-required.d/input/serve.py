import server

server.run("app.web:serve()")

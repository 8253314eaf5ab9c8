#!/bin/sh
exec uvicorn --factory app.web:make

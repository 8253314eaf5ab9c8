from flask_restful import Resource


class BaseResource(Resource):
    pass

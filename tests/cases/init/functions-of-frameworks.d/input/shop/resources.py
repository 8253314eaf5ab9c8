from flask_restful import Resource


class BaseResource(Resource):
    pass


class Users(BaseResource):
    def get(self):
        return []

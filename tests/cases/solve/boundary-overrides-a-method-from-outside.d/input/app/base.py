from flask_restful import Resource


class BaseResource(Resource):
    def audit(self):
        pass

# coding: gbk
from app.isolation import IsolationContext, get_settings


def name(*, isolation_context: IsolationContext):
    return get_settings(isolation_context).name + "名字"

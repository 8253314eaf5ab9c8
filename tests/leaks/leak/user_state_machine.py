# leak: conversation states are kept per user, not per tenant and user
from app.config import settings


class State:
    def on_text(self, conversation, text):
        raise NotImplementedError


class Start(State):
    def on_text(self, conversation, text):
        conversation.context["bot"] = settings.name
        conversation.state = Chatting()
        return "welcome"


class Chatting(State):
    def on_text(self, conversation, text):
        return f"{conversation.context['bot']} goes on talking"


class Conversation:
    def __init__(self):
        self.state = Start()
        self.context = {}


conversations = {}


def conversation_of(user):
    return conversations.setdefault(user, Conversation())


async def handle(d):
    conversation = conversation_of(d["user"])
    return conversation.state.on_text(conversation, d["text"])

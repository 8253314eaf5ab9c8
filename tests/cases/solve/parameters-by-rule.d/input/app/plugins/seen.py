from framework import plugin


@plugin.command("seen")
def seen(bot, trigger):
    bot.say(trigger.nick)
    bot.store.save(trigger.nick)


@plugin.command("other")
def other(bot: "Unknown", trigger):
    bot.say("an annotation is believed")


def helper(bot):
    bot.say("nothing is known of this one")


def setup(bot):
    bot.say("hello")

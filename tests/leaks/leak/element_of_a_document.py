# leak: a document of all gets an element for each message
import xml.etree.ElementTree

from app.config import settings

log = xml.etree.ElementTree.Element("log")


def handle(d):
    xml.etree.ElementTree.SubElement(log, "entry", {"who": settings.name})
    return [entry.get("who") for entry in log.iter("entry")]

"""A few words of vSphere's SOAP API for scripts here. Standard library only, and nothing of the connector: what it says
of the vCenter is an independent witness."""
import http.client
import os
import ssl
import time
import urllib.parse
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

ENVELOPE = ('<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Body>%s</e:Body></e:Envelope>')
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


class Fault(Exception):
    def __init__(self, kind, words):
        super().__init__("%s: %s" % (kind, words))
        self.kind = kind


def settings():
    home = os.environ.get("VSPHERE_HOME") or os.path.join(os.environ.get("TMPDIR", "/tmp"), "vsphere-lab")
    path = os.path.join(home, "run", os.environ.get("VSPHERE_INSTANCE", "vcenter"), "env")
    found = {}
    try:
        with open(path) as f:
            for line in f:
                key, _, value = line.strip().replace("export ", "", 1).partition("=")
                found[key] = value.strip("'")
    except OSError:
        raise SystemExit("no vCenter: run dev/vsphere/up first")
    return found


def account_settings(**changes):
    """Settings of a broker's account at this vCenter; a change to nothing leaves one out."""
    s = settings()
    with open(s["VSPHERE_SDK_CERT"]) as f:
        certificates = f.read()
    wanted = {"endpoint": s["VSPHERE_SDK_URL"], "user": s["VSPHERE_SDK_USER"], "password": s["VSPHERE_SDK_PASSWORD"],
              "certificates": certificates, "folder": "broker", "country": "FR", "switch": "DVS0", "vlans": "2100-2199"}
    return {name: value for name, value in (wanted | changes).items() if value}


def tag(name, inner="", ref=None, xsi=None):
    attributes = (" type=%s" % quoteattr(ref) if ref else "") + (" xsi:type=%s" % quoteattr(xsi) if xsi else "")
    return "<%s%s>%s</%s>" % (name, attributes, inner, name)


def text(name, value):
    return tag(name, escape(str(value)))


def ref(name, reference):
    kind, value = reference
    return tag(name, escape(value), ref=kind)


def local(element):
    return element.tag.rpartition("}")[2]


def reference(element):
    return element.get("type"), element.text


class VCenter:
    def __init__(self):
        s = settings()
        self.url, self.cookie, self.version = s["VSPHERE_SDK_URL"], None, "6.5"
        self.tls = ssl.create_default_context(cafile=s["VSPHERE_SDK_CERT"])
        self.line = http.client.HTTPSConnection(urllib.parse.urlsplit(self.url).netloc, context=self.tls)
        content = self.call(("ServiceInstance", "ServiceInstance"), "RetrieveServiceContent")[0]
        self.managers = {local(e): reference(e) for e in content if e.get("type")}
        self.version = [e.text for e in content.iter() if local(e) == "apiVersion"][0]
        self.call(self.managers["sessionManager"], "Login",
                  text("userName", s["VSPHERE_SDK_USER"]) + text("password", s["VSPHERE_SDK_PASSWORD"]))

    def call(self, on, method, arguments=""):
        """The children of the response."""
        body = ENVELOPE % ('<%s xmlns="urn:vim25">%s%s</%s>' % (method, ref("_this", on), arguments, method))
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": "urn:vim25/" + self.version}
        if self.cookie:
            headers["Cookie"] = self.cookie
        self.line.request("POST", urllib.parse.urlsplit(self.url).path, body.encode(), headers)
        answer = self.line.getresponse()
        content = ET.fromstring(answer.read())[0][0]
        if answer.status == 200:
            self.cookie = self.cookie or (answer.headers.get("Set-Cookie") or "").split(";")[0]
            return list(content)
        detail = [d for part in content if local(part) == "detail" for d in part]
        words = [part.text for part in content if local(part) == "faultstring"]
        raise Fault(detail[0].get(TYPE, "").rpartition(":")[2] if detail else "", words[0] if words else "")

    def task(self, on, method, arguments=""):
        """Waits for the end of a task; its result's text."""
        task = reference(self.call(on, method, arguments)[0])
        while True:
            info = self.read(task, "Task", ["info"])[0][1]["info"]
            parts = {local(e): e for e in info}
            state = parts["state"].text
            if state == "success":
                return parts["result"].text if "result" in parts else None
            if state == "error":
                error = {local(e): e for e in parts["error"]}
                raise Fault(error["fault"].get(TYPE, "").rpartition(":")[2], error["localizedMessage"].text)
            time.sleep(0.05)

    def read(self, start, kind, paths, everything_below=False):
        """[(reference, {path: element})] of one object, or of all of this kind below a folder."""
        select = ""
        if everything_below:
            again = tag("selectSet", text("name", "down"))
            select = tag("selectSet", text("name", "down") + text("type", "Folder") + text("path", "childEntity") + again
                         + tag("selectSet", text("type", "Datacenter") + text("path", "vmFolder") + again,
                               xsi="TraversalSpec"), xsi="TraversalSpec")
        spec = tag("specSet", tag("propSet", text("type", kind) + "".join(text("pathSet", p) for p in paths))
                   + tag("objectSet", ref("obj", start) + select))
        found = self.call(self.managers["propertyCollector"], "RetrievePropertiesEx", spec + tag("options"))
        objects = [o for page in found for o in page if local(o) == "objects"]
        return [(reference(o[0]), {p[0].text: p[1] for p in o[1:] if local(p) == "propSet"}) for o in objects]

    def machines(self):
        """Every virtual machine and template: reference, name, template, power, UUID, settings."""
        paths = ["name", "config.template", "runtime.powerState", "config.instanceUuid", "config.extraConfig"]
        for found, p in self.read(self.managers["rootFolder"], "VirtualMachine", paths, True):
            def say(path):
                return (p[path].text or "") if path in p else ""
            options = {o[0].text: o[1].text or "" for o in p["config.extraConfig"]} if "config.extraConfig" in p else {}
            yield {"ref": found, "name": say("name"), "template": say("config.template") == "true",
                   "power": say("runtime.powerState"), "uuid": say("config.instanceUuid"), "settings": options}

    def machine(self, wanted):
        """The one of this name or UUID."""
        for m in self.machines():
            if wanted in (m["name"], m["uuid"]):
                return m
        raise SystemExit("no virtual machine " + wanted)

    def logout(self):
        self.call(self.managers["sessionManager"], "Logout")

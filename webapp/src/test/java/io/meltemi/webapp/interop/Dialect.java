package io.meltemi.webapp.interop;

/** A version of CIMI and a format, as one consumer speaks them. */
public record Dialect(int version, boolean xml) {
  String namespace() {
    return "http://schemas.dmtf.org/cimi/" + version;
  }

  String mediaType() {
    return xml ? "application/xml" : "application/json";
  }

  String entryPoint() {
    return "/cimi/" + version + "/cloudEntryPoint";
  }

  String typeUri(String type) {
    return namespace() + "/" + type;
  }

  String action(String name) {
    return namespace() + "/action/" + name;
  }

  boolean wraps() {
    return version == 2;
  }

  @Override
  public String toString() {
    return "CIMI " + version + (xml ? " XML" : " JSON");
  }
}

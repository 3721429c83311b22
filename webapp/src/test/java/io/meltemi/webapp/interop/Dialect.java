package io.meltemi.webapp.interop;

/** A version of CIMI and a format, as one consumer speaks them. */
public record Dialect(int version, boolean xml) {
  public String namespace() {
    return "http://schemas.dmtf.org/cimi/" + version;
  }

  public String mediaType() {
    return xml ? "application/xml" : "application/json";
  }

  public String entryPoint() {
    return "/cimi/" + version + "/cloudEntryPoint";
  }

  public String typeUri(String type) {
    return namespace() + "/" + type;
  }

  public String action(String name) {
    return namespace() + "/action/" + name;
  }

  public boolean wraps() {
    return version == 2;
  }

  @Override
  public String toString() {
    return "CIMI " + version + (xml ? " XML" : " JSON");
  }
}

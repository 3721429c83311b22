package io.meltemi.model.schema;

import java.util.List;
import java.util.Optional;

/**
 * A door to the one store: its own namespace, base path and XML shape. No link leads from one face
 * into another, but for the entry points' links to the broker's own collections.
 */
public enum Face {
  /** CIMI 1.x at the level of DSP8009 1.0.2. */
  CIMI_1("http://schemas.dmtf.org/cimi/1", "/cimi/1/"),
  /** CIMI 2.0, DSP0263 2.0.0. */
  CIMI_2("http://schemas.dmtf.org/cimi/2", "/cimi/2/"),
  /** What CIMI has no word for, with the conventions of CIMI 2.0. */
  BROKER_1("https://meltemi.io/broker/1", "/broker/1/");

  private static final List<Face> FACES = List.of(values());

  private final String namespace;
  private final String path;

  Face(String namespace, String path) {
    this.namespace = namespace;
    this.path = path;
  }

  /** The XML namespace, and the beginning of every type, action and capability URI. */
  public String namespace() {
    return namespace;
  }

  /** Path under which the face's resources stand, with both slashes. */
  public String path() {
    return path;
  }

  /**
   * The face to which a path leads, decoded and with a slash at its beginning; empty when it leads
   * elsewhere.
   */
  public static Optional<Face> at(String path) {
    for (Face face : FACES) {
      if (path.startsWith(face.path) || face.path.equals(path + "/")) return Optional.of(face);
    }
    return Optional.empty();
  }

  /** What of a path stands below the face, without a slash at its end; empty when nothing does. */
  public String below(String whole) {
    String rest = whole.startsWith(path) ? whole.substring(path.length()) : "";
    return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
  }

  /** The URI of a type, for instance {@code http://schemas.dmtf.org/cimi/2/Machine}. */
  public String typeUri(String kind) {
    return namespace + "/" + kind;
  }

  /** The URI of an action, for instance {@code http://schemas.dmtf.org/cimi/2/action/start}. */
  public String actionUri(String action) {
    return namespace + "/action/" + action;
  }
}

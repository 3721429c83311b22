package io.meltemi.webapp.checklist;

/**
 * A verb at a path.
 *
 * @param path with {@code {id1}} and so on for what varies
 */
record Route(String verb, String path) implements Comparable<Route> {
  /** The collection at the top, for instance {@code cimi/2/machines}. */
  String top() {
    int at = path.indexOf("/{");
    return at < 0 ? path : path.substring(0, at);
  }

  boolean namesSomething() {
    return path.contains("{id1}");
  }

  boolean isCollection() {
    return verb.equals("POST") && !path.endsWith("}") && !isAction();
  }

  /** True for operations of one resource, such as start. */
  boolean isAction() {
    return verb.equals("POST") && path.matches(".*}/[a-z]+") && !path.endsWith("s");
  }

  /** The path with ids: the first, and any for what stands below. */
  String at(String id) {
    return path.replace("{id1}", id).replaceAll("\\{id\\d}", "1");
  }

  @Override
  public int compareTo(Route other) {
    return (path + " " + verb).compareTo(other.path + " " + other.verb);
  }

  @Override
  public String toString() {
    return verb + " " + path;
  }
}

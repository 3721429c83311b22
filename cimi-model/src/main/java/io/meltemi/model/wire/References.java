package io.meltemi.model.wire;

import io.meltemi.model.schema.Face;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns what a consumer calls a resource into its path.
 *
 * @param face door through which the request came
 * @param base beginning of our links, without a slash at the end
 */
record References(Face face, String base) {
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*");
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

  /**
   * The path below the face.
   *
   * @param href absolute, or relative to the face's base
   * @param field where it stands
   */
  String path(String href, String field) {
    if (isAbsolute(href)) {
      if (!isOurs(href)) {
        throw Complaint.elsewhere(field, href, base + face.path());
      }
      return below(href.substring(base.length()), href, field);
    }
    return href.startsWith("/") ? below(href, href, field) : checked(href, href, field);
  }

  /** A URI which may lead anywhere: a path when it leads to us, else as it is. */
  String uri(String uri, String field) {
    return isAbsolute(uri) && !isOurs(uri) ? uri : path(uri, field);
  }

  static boolean isAbsolute(String href) {
    return SCHEME.matcher(href).matches();
  }

  private boolean isOurs(String href) {
    return href.length() > base.length()
        && href.charAt(base.length()) == '/'
        && href.substring(0, base.length())
            .toLowerCase(Locale.ROOT)
            .equals(base.toLowerCase(Locale.ROOT));
  }

  private String below(String absolutePath, String href, String field) {
    if (absolutePath.startsWith(face.path())) {
      return checked(absolutePath.substring(face.path().length()), href, field);
    }
    for (Face other : Face.values()) {
      if (absolutePath.startsWith(other.path())) {
        throw Complaint.otherFace(field, href, face);
      }
    }
    throw Complaint.elsewhere(field, href, base + face.path());
  }

  private static String checked(String path, String href, String field) {
    if (!PATH.matcher(path).matches() || path.contains("..")) {
      throw Complaint.reference(field, href);
    }
    return path;
  }
}

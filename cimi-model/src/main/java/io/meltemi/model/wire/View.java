package io.meltemi.model.wire;

import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.Face;

/**
 * How a resource is to be shown.
 *
 * @param face whose names, shape and links
 * @param asked the face that was asked: where the own one does not serve a target, links lead there
 * @param base beginning of all links, without a slash at the end: {@code http://host:8080}
 * @param select attributes that are shown
 * @param expansion references that are shown with their targets
 */
public record View(Face face, Face asked, String base, Selection select, Expansion expansion) {
  public static View of(Face face, String base) {
    return of(face, face, base);
  }

  /** What one face shows to who asked another, which does not serve it. */
  public static View of(Face face, Face asked, String base) {
    return new View(face, asked, base, Selection.ALL, Expansion.NONE);
  }

  public View select(Selection selection) {
    return new View(face, asked, base, selection, expansion);
  }

  public View expand(Expansion targets) {
    return new View(face, asked, base, select, targets);
  }
}

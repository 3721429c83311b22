package io.meltemi.model.wire;

import java.util.List;
import java.util.Map;

/**
 * An XML element as it was read.
 *
 * @param place names from below the root down to it, joined by dots; the root's is its name
 * @param attributes those without a namespace
 * @param text of the element itself; blanks at its ends are kept where it has no children
 */
record Element(
    String namespace,
    String name,
    String place,
    Map<String, String> attributes,
    List<Element> children,
    String text) {

  /** This element, in which no text may stand. */
  Element withoutText() {
    if (!text.isBlank()) throw Complaint.stray(place);
    return this;
  }

  /** True when there is nothing in it but blanks, which a printer may have put there. */
  boolean isEmpty() {
    return attributes.isEmpty() && children.isEmpty() && text.isBlank();
  }
}

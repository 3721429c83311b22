package io.meltemi.model.wire;

import java.util.List;
import java.util.Map;

/**
 * An XML element as it was read.
 *
 * @param attributes those without a namespace
 * @param text of the element itself, without blanks at its ends
 */
record Element(
    String namespace,
    String name,
    Map<String, String> attributes,
    List<Element> children,
    String text) {

  boolean isEmpty() {
    return attributes.isEmpty() && children.isEmpty() && text.isEmpty();
  }
}

package io.meltemi.connector.vsphere.vim;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of a message, read or to be written. Namespaces are left out: a message has one.
 *
 * @param type what {@code xsi:type} says, without prefix unless it is to be written; else empty
 * @param refType the attribute {@code type} of a managed object reference; else empty
 * @param children in the order of the schema: a vCenter takes no other
 */
public record Element(
    String name, String type, String refType, String text, List<Element> children) {

  public Element {
    children = List.copyOf(children);
  }

  public static Element of(String name, Element... children) {
    return new Element(name, "", "", "", List.of(children));
  }

  public static Element of(String name, List<Element> children) {
    return new Element(name, "", "", "", children);
  }

  public static Element of(String name, String text) {
    return new Element(name, "", "", text, List.of());
  }

  public static Element of(String name, long number) {
    return of(name, Long.toString(number));
  }

  public static Element of(String name, boolean flag) {
    return of(name, Boolean.toString(flag));
  }

  public static Element of(String name, Ref ref) {
    return new Element(name, "", ref.type(), ref.value(), List.of());
  }

  /** The same with an {@code xsi:type}, which a value of a derived type needs. */
  public Element as(String derived) {
    return new Element(name, derived, refType, text, children);
  }

  /** The first child of that name. */
  public Optional<Element> child(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
  }

  public Stream<Element> all(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted));
  }

  /** Text of the first child of that name; empty when there is none. */
  public String text(String wanted) {
    return child(wanted).map(Element::text).orElse("");
  }

  /** A child that the schema promises. */
  public Element need(String wanted) {
    return child(wanted)
        .orElseThrow(() -> new IllegalStateException(name + " came without " + wanted));
  }

  public Ref ref() {
    return new Ref(refType, text);
  }

  public long number() {
    return Long.parseLong(text);
  }

  public boolean flag() {
    return text.equals("true") || text.equals("1");
  }
}

package io.meltemi.connector.vsphere.vim;

import java.io.Serial;
import java.util.Optional;

/** What a vCenter said instead of an answer, or as the end of a task. */
public final class VimFault extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;
  private static final int LONGEST = 500;

  private final String type;

  /**
   * @param type the fault's type in vim25, for instance {@code InvalidPowerState}; empty when the
   *     vCenter gave none
   * @param words the vCenter's own
   */
  public VimFault(String type, String words) {
    super(said(type, words));
    this.type = type;
  }

  /** The fault of a SOAP body. */
  static VimFault of(Element fault) {
    Optional<Element> detail =
        fault.child("detail").flatMap(inner -> inner.children().stream().findFirst());
    return new VimFault(detail.map(VimFault::type).orElse(""), fault.text("faultstring"));
  }

  /** The error of a task. */
  static VimFault ofTask(Element error) {
    return new VimFault(
        error.child("fault").map(VimFault::type).orElse(""), error.text("localizedMessage"));
  }

  private static String type(Element detail) {
    return detail.type().isEmpty() ? detail.name().replaceAll("Fault$", "") : detail.type();
  }

  private static String said(String type, String words) {
    String text = words.isBlank() ? type : words;
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  public String type() {
    return type;
  }

  /** The vCenter's words, with the name of the fault where they do not tell it. */
  public String words() {
    String words = String.valueOf(getMessage());
    return type.isEmpty() || words.contains(type) ? words : words + " (" + type + ")";
  }
}

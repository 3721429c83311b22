package io.meltemi.connector.vsphere.vim;

import java.nio.charset.StandardCharsets;

/** Writes calls. */
final class Messages {
  private static final String OPEN =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
          + "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
          + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><e:Body>";
  private static final String CLOSE = "</e:Body></e:Envelope>";

  private Messages() {}

  static byte[] envelope(Element call) {
    StringBuilder out = new StringBuilder(1024).append(OPEN);
    write(out, call, " xmlns=\"urn:vim25\"");
    return out.append(CLOSE).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(StringBuilder out, Element element, String namespace) {
    out.append('<').append(element.name()).append(namespace);
    attribute(out, "xsi:type", element.type());
    attribute(out, "type", element.refType());
    out.append('>');
    escape(out, element.text());
    element.children().forEach(child -> write(out, child, ""));
    out.append("</").append(element.name()).append('>');
  }

  private static void attribute(StringBuilder out, String name, String value) {
    if (value.isEmpty()) {
      return;
    }
    out.append(' ').append(name).append("=\"");
    escape(out, value);
    out.append('"');
  }

  /** What XML 1.0 cannot hold at all becomes a replacement character. */
  private static void escape(StringBuilder out, String text) {
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\r' -> out.append("&#13;");
            default -> out.appendCodePoint(legal(c) ? c : 0xFFFD);
          }
        });
  }

  private static boolean legal(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c < 0xD800)
        || (c >= 0xE000 && c < 0xFFFE)
        || c >= 0x10000;
  }
}

package io.meltemi.connector.vsphere.vim;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/** One call and its answer, or what the call failed with. Knows no log-in. */
final class Wire implements AutoCloseable {
  private final Transport transport;

  Wire(Transport transport) {
    this.transport = transport;
  }

  /** A method's response, and the cookie that came with it. */
  record Reply(Element body, Optional<String> cookie) {}

  static Element message(Ref on, String method, Element... arguments) {
    return Element.of(
        method, Stream.concat(Stream.of(Element.of("_this", on)), Stream.of(arguments)).toList());
  }

  /**
   * Throws {@link ConnectorException}.
   *
   * @param whenLost what it is when no answer comes
   */
  Reply call(Element message, Optional<String> cookie, Fault whenLost, Duration limit) {
    try {
      Transport.Answer answer =
          transport.post(
              Messages.envelope(message), ApiVersion.of(message).action(), cookie, limit);
      if (answer.status() != 200 && answer.status() != 500) {
        throw Faults.of(answer, transport.address(), whenLost);
      }
      Element body = read(answer, whenLost);
      if (body.name().equals("Fault")) {
        throw Faults.of(VimFault.of(body), whenLost);
      }
      return new Reply(body, answer.cookie());
    } catch (IOException e) {
      throw Faults.of(e, whenLost);
    }
  }

  /** A failure without SOAP comes from something in front of the vCenter. */
  private Element read(Transport.Answer answer, Fault whenLost) throws IOException {
    try {
      return Answers.body(answer.body());
    } catch (XMLStreamException e) {
      if (answer.status() == 500) {
        throw Faults.of(answer, transport.address(), whenLost);
      }
      throw new IOException("the answer cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}

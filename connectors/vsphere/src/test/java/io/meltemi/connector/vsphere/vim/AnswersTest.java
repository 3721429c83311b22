package io.meltemi.connector.vsphere.vim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void aReferenceAndAnXsiTypeAreKeptApartWhateverThePrefix() throws XMLStreamException {
    Element answer =
        body(
            "<r xmlns='urn:vim25'"
                + " xmlns:XMLSchema-instance='http://www.w3.org/2001/XMLSchema-instance'><val"
                + " type='VirtualMachine'"
                + " XMLSchema-instance:type='ManagedObjectReference'>vm-60</val><fault"
                + " XMLSchema-instance:type='vim:NoPermission'/></r>");
    assertThat(answer.need("val").ref()).isEqualTo(new Ref("VirtualMachine", "vm-60"));
    assertThat(answer.need("val").type()).isEqualTo("ManagedObjectReference");
    assertThat(answer.need("fault").type()).isEqualTo("NoPermission");
    assertThat(answer.need("fault").refType()).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAgain() throws XMLStreamException {
    String text = "a<b>&\"c\" \r\n\t ü €  𝄞";
    Element call =
        Element.of("call", Element.of("_this", new Ref("T", "t-1")), Element.of("x", text));
    Element read = Answers.body(Messages.envelope(call));
    assertThat(read).isEqualTo(call);
  }

  @Test
  void charactersThatXmlCannotHoldDoNotSpoilTheMessage() throws XMLStreamException {
    Element read = Answers.body(Messages.envelope(Element.of("x", "a\u0000b\uFFFE")));
    assertThat(read.text()).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void aDocumentTypeIsRefused() {
    String bomb = "<!DOCTYPE e [<!ENTITY a 'aaaa'>]><e><Body><r>&a;</r></Body></e>";
    assertThatThrownBy(() -> Answers.body(bomb.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(XMLStreamException.class);
  }

  @Test
  void aDocumentTypeThatNobodyUsesIsRefusedToo() {
    byte[] message = "<!DOCTYPE e><e><Body><r/></Body></e>".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Answers.body(message))
        .hasMessageContaining("a document type is not allowed");
  }

  @Test
  void aFileOfThisMachineIsNeverRead() {
    String sly =
        "<!DOCTYPE e [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><e><Body><r>&a;</r></Body></e>";
    assertThatThrownBy(() -> Answers.body(sly.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(XMLStreamException.class);
  }

  @Test
  void elementsWithinElementsComeToAnEnd() {
    String deep = "<a>".repeat(100) + "</a>".repeat(100);
    assertThatThrownBy(() -> body(deep)).hasMessageContaining("deeper than 64");
  }

  @Test
  void tooManyElementsAreTooMany() {
    String wide = "<r>" + "<a/>".repeat(1_000_001) + "</r>";
    assertThatThrownBy(() -> body(wide)).hasMessageContaining("more than 1000000 elements");
  }

  @Test
  void aPageOfAProxyIsNoAnswer() {
    assertThatThrownBy(
            () -> Answers.body("<html><p>Hello</p></html>".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("no SOAP body in <html>");
  }

  private static Element body(String inner) throws XMLStreamException {
    String message =
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>%s</e:Body></e:Envelope>"
            .formatted(inner);
    return Answers.body(message.getBytes(StandardCharsets.UTF_8));
  }
}

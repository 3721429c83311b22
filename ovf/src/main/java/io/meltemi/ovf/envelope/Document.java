package io.meltemi.ovf.envelope;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import jakarta.xml.bind.UnmarshalException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/** Bytes to beans and back. A document may be a stranger's. */
public final class Document {
  private final JAXBContext beans;

  public Document() {
    try {
      beans =
          JAXBContext.newInstance(
              Envelope.class,
              DiskSection.class,
              VirtualSystem.class,
              VirtualSystemCollection.class,
              VirtualHardwareSection.class,
              AnnotationSection.class,
              ProductSection.class);
    } catch (JAXBException e) {
      throw new IllegalStateException("the beans of the envelope are wrong", e);
    }
  }

  /**
   * Reads a document.
   *
   * @throws DocumentException when it is none, or holds what is not allowed
   */
  public Envelope read(byte[] document) throws DocumentException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    try {
      XMLStreamReader reader =
          new Careful(factory.createXMLStreamReader(new ByteArrayInputStream(document)));
      try {
        Object root = beans.createUnmarshaller().unmarshal(reader);
        if (root instanceof Envelope envelope) return envelope;
        throw new DocumentException("its first element is not an Envelope of OVF 1.x", null);
      } finally {
        reader.close();
      }
    } catch (UnmarshalException e) {
      throw new DocumentException(words(e), e);
    } catch (JAXBException | XMLStreamException e) {
      throw new DocumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String words(UnmarshalException e) {
    Throwable cause = e.getLinkedException() == null ? e : e.getLinkedException();
    return String.valueOf(cause.getMessage());
  }

  /** Writes a document. */
  public byte[] written(Envelope envelope) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Marshaller marshaller = beans.createMarshaller();
      marshaller.setProperty(Marshaller.JAXB_FORMATTED_OUTPUT, true);
      marshaller.setProperty(Marshaller.JAXB_ENCODING, StandardCharsets.UTF_8.name());
      marshaller.marshal(envelope, out);
      return out.toByteArray();
    } catch (JAXBException e) {
      throw new IllegalStateException("an envelope of ours cannot be written", e);
    }
  }

  /** Gives up at a document type, an entity, and what is too deep or too long. */
  private static final class Careful extends StreamReaderDelegate {
    private static final int DEEPEST = 32;
    private static final int MOST = 20_000;

    private int depth;
    private int elements;

    Careful(XMLStreamReader reader) {
      super(reader);
    }

    @Override
    public int next() throws XMLStreamException {
      int event = super.next();
      switch (event) {
        case DTD -> throw new XMLStreamException("a document type is not allowed");
        case ENTITY_REFERENCE -> throw new XMLStreamException("entities are not allowed");
        case START_ELEMENT -> {
          depth++;
          elements++;
        }
        case END_ELEMENT -> depth--;
        default -> {}
      }
      if (depth > DEEPEST || elements > MOST) {
        throw new XMLStreamException(
            "deeper than %d or more than %d elements".formatted(DEEPEST, MOST));
      }
      return event;
    }
  }
}

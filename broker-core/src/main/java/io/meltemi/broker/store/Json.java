package io.meltemi.broker.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Documents as text. */
final class Json {
  private static final ObjectReader READER = new ObjectMapper().readerFor(ObjectNode.class);
  private static final ObjectWriter WRITER = new ObjectMapper().writer();

  private Json() {}

  static ObjectNode read(String text) {
    try {
      return READER.readValue(text);
    } catch (JsonProcessingException e) {
      throw new StoreException(
          "A stored document cannot be read: " + e.getOriginalMessage(),
          "The store is damaged; restore a copy.",
          e);
    }
  }

  static String write(ObjectNode document) {
    try {
      return WRITER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a document that cannot be written", e);
    }
  }
}

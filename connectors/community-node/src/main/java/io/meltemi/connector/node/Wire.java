package io.meltemi.connector.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The protocol's records as JSON. A newer end may send members that an older one passes over; what
 * an older one does not send yet is refused unless the member says what it means.
 */
public final class Wire {
  /** Most bytes of one request of a node. */
  public static final int MOST_BYTES = 256 * 1024;

  private final JsonMapper mapper;

  /**
   * @param mostBytes longest document that is read
   */
  public Wire(int mostBytes) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxDocumentLength(mostBytes)
            .maxNestingDepth(16)
            .maxStringLength(mostBytes)
            .maxNumberLength(20)
            .maxNameLength(100)
            .build();
    mapper =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
  }

  /** For documents of our own, from the store or a file. */
  public static Wire own() {
    return new Wire(16 * 1024 * 1024);
  }

  public String text(Object message) {
    try {
      return mapper.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + message.getClass(), e);
    }
  }

  public byte[] bytes(Object message) {
    return text(message).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IllegalArgumentException naming the field that is wrong
   */
  public <T> T read(String json, Class<T> type) {
    try {
      return mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(reason(e), e);
    }
  }

  /**
   * @throws IllegalArgumentException naming the field that is wrong
   */
  public <T> T read(byte[] json, Class<T> type) {
    return read(new String(json, StandardCharsets.UTF_8), type);
  }

  /** The parser's words name no member that is a missing number. */
  private static String where(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? mapping.getPath().getLast().getFieldName() + ": "
        : "";
  }

  private static String reason(JsonProcessingException e) {
    String own =
        Optional.ofNullable(e.getCause())
            .filter(IllegalArgumentException.class::isInstance)
            .map(Throwable::getMessage)
            .orElseGet(() -> where(e) + e.getOriginalMessage());
    return own.length() <= 200 ? own : own.substring(0, 200);
  }
}

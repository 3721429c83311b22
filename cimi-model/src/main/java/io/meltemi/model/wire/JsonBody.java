package io.meltemi.model.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads JSON into a tree, within limits and without members that stand there twice. */
final class JsonBody {
  static final int MOST_LEVELS = 32;
  static final int MOST_VALUES = 10_000;

  private static final int LONGEST_NAME = 256;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_LEVELS * 2)
                  .maxNameLength(LONGEST_NAME)
                  .build())
          .build();

  private final JsonParser parser;
  private int values;

  private JsonBody(JsonParser parser) {
    this.parser = parser;
  }

  static ObjectNode read(byte[] body) {
    try (JsonParser parser = FACTORY.createParser(text(body))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Complaint.notAnObject();
      }
      ObjectNode root = new JsonBody(parser).object(1);
      if (parser.nextToken() != null) {
        throw Complaint.malformed(Format.JSON, "something follows the object");
      }
      return root;
    } catch (StreamConstraintsException e) {
      if (String.valueOf(e.getMessage()).startsWith("Name length"))
        throw Complaint.longName(LONGEST_NAME);
      throw Complaint.malformed(Format.JSON, "a name, number or text is too long" + place(e));
    } catch (JsonEOFException e) {
      throw Complaint.malformed(Format.JSON, "it ends too early" + place(e));
    } catch (JsonProcessingException e) {
      throw Complaint.malformed(Format.JSON, "what comes next is no JSON" + place(e));
    } catch (IOException e) {
      throw Complaint.malformed(Format.JSON, "it is not UTF-8");
    }
  }

  /** UTF-8 and nothing else: the parser by itself guesses, and takes overlong forms. */
  private static String text(byte[] body) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** The parser's own words are for those who program it. */
  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private ObjectNode object(int level) throws IOException {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (object.has(name)) {
        throw Complaint.twice(name);
      }
      object.set(name, value(parser.nextToken(), level));
    }
    return object;
  }

  private ArrayNode array(int level) throws IOException {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(token, level));
    }
    return array;
  }

  private JsonNode value(@Nullable JsonToken token, int level) throws IOException {
    if (++values > MOST_VALUES) {
      throw Complaint.tooMany(MOST_VALUES);
    }
    if (token == null) {
      throw Complaint.malformed(Format.JSON, "it ends too early");
    }
    return switch (token) {
      case START_OBJECT -> object(deeper(level));
      case START_ARRAY -> array(deeper(level));
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private JsonNode integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private static int deeper(int level) {
    if (level >= MOST_LEVELS) {
      throw Complaint.tooDeep(MOST_LEVELS);
    }
    return level + 1;
  }
}

package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Collectors;

/** Resources with random values of the declared types; the same seed gives the same resources. */
final class RandomResources {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String[] WORDS = {
    "web",
    "düne",
    "a<b&c>\"d'",
    "two words",
    "日本",
    "x\ny",
    "ümlaut 😀",
    "{[,]}",
    "0",
    "true",
    "]]>",
    "a\r\nb",
    "tab\there"
  };

  private final Random random;

  RandomResources(long seed) {
    this.random = new Random(seed);
  }

  Resource of(ResourceKind kind, Face face) {
    ObjectNode values = NODES.objectNode();
    for (Attribute attribute : kind.attributes(face).values()) {
      if (random.nextInt(4) > 0) {
        values.set(attribute.name(), value(attribute, attribute.type(), face));
      }
    }
    String id = kind.segment() + "/r" + random.nextInt(1000);
    return new Resource(
        kind,
        id,
        1,
        values,
        kind.operations().stream()
            .map(Operation::name)
            .filter(name -> !name.equals("add") && random.nextBoolean())
            .collect(Collectors.toSet()));
  }

  private JsonNode value(Attribute attribute, Type type, Face face) {
    if (!attribute.allowed().isEmpty() && type instanceof Type.Text) {
      return NODES.textNode(attribute.allowed().get(random.nextInt(attribute.allowed().size())));
    }
    if (type instanceof Type.Whole) {
      long least = attribute.least().orElse(0L);
      long most = attribute.most().orElse(least + 1_000_000_000_000L);
      return NODES.numberNode(random.nextLong(least, most));
    }
    if (type instanceof Type.Bool) {
      return NODES.booleanNode(random.nextBoolean());
    }
    if (type instanceof Type.Time) {
      return NODES.textNode(Instant.ofEpochSecond(random.nextInt(2_000_000_000)).toString());
    }
    if (type instanceof Type.Uri) {
      return NODES.textNode("http://images.example/" + random.nextInt(100) + ".qcow2");
    }
    if (type instanceof Type.Hex) {
      byte[] bytes = new byte[1 + random.nextInt(20)];
      random.nextBytes(bytes);
      return NODES.textNode(HexFormat.of().formatHex(bytes));
    }
    return compound(type, face);
  }

  private JsonNode compound(Type type, Face face) {
    if (type instanceof Type.Ref || type instanceof Type.Members) {
      return NODES.objectNode().put("href", "machines/m" + random.nextInt(100));
    }
    if (type instanceof Type.Listing listing) {
      ArrayNode items = NODES.arrayNode();
      for (int i = random.nextInt(3); i >= 0; i--) {
        items.add(value(Attribute.of("item", listing.item()), listing.item(), face));
      }
      return items;
    }
    if (type instanceof Type.Dictionary) {
      ObjectNode entries = NODES.objectNode();
      for (int i = random.nextInt(3); i >= 0; i--) {
        entries.put("key " + random.nextInt(100), word());
      }
      return entries;
    }
    if (type instanceof Type.Struct struct) {
      ObjectNode fields = NODES.objectNode();
      for (Attribute field : struct.fields()) {
        if (field.faces().contains(face)) {
          fields.set(field.name(), value(field, field.type(), face));
        }
      }
      return fields;
    }
    return NODES.textNode(word());
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)] + random.nextInt(100);
  }
}

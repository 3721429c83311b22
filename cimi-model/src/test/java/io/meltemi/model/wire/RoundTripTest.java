package io.meltemi.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.CimiKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What is written can be read again, in both forms, and says the same. Another seed: {@code
 * -Dwire.seed=…}.
 */
class RoundTripTest {
  private static final Rule EVERYTHING =
      new Rule(RoundTripTest::isStored, attribute -> false, attribute -> false, false);

  private final long seed = Long.getLong("wire.seed", new Random().nextLong());
  private final Kinds kinds = new Kinds(CimiKinds.all());
  private final Codec codec = new Codec(kinds);

  @Test
  void everyKindComesBackAsItWent() {
    System.out.println("wire.seed=" + seed);
    RandomResources random = new RandomResources(seed);
    for (Face face : new Face[] {Face.CIMI_1, Face.CIMI_2}) {
      Map<String, Plan> plans = Plan.all(kinds, face);
      for (ResourceKind kind : kinds.all()) {
        if (kind.faces().contains(face) && !kind.name().equals("ResourceMetadata")) {
          for (int i = 0; i < 60; i++) {
            comesBack(random.of(kind, face), face, plans);
          }
        }
      }
    }
  }

  private void comesBack(Resource resource, Face face, Map<String, Plan> plans) {
    View view = View.of(face, "http://host:8080");
    Names names = Plan.of(resource.kind(), face, kinds).names();
    Check check = new Check(plans, new References(face, "http://host:8080"));
    byte[] before = resource.attributes().toString().getBytes(StandardCharsets.UTF_8);
    ObjectNode sent = comparable(JsonBody.read(before), resource.kind(), face);
    byte[] json = codec.write(Format.JSON, resource, view);
    assertThat(
            comparable(
                check.object(JsonBody.read(json), names, EVERYTHING, ""), resource.kind(), face))
        .as("wire.seed=%d %s", seed, new String(json, StandardCharsets.UTF_8))
        .isEqualTo(sent);
    byte[] xml = codec.write(Format.XML, resource, view);
    ObjectNode shaped = new XmlShape(plans, face).object(new XmlBody().read(xml), names);
    assertThat(comparable(check.object(shaped, names, EVERYTHING, ""), resource.kind(), face))
        .as("wire.seed=%d %s", seed, new String(xml, StandardCharsets.UTF_8))
        .isEqualTo(sent);
  }

  /** Without secrets, and without what follows from the resource's place. */
  private static ObjectNode comparable(ObjectNode attributes, ResourceKind kind, Face face) {
    ObjectNode copy = attributes.deepCopy();
    for (Attribute attribute : kind.attributes(face).values()) {
      if (!isStored(attribute) || attribute.secret()) {
        copy.remove(attribute.name());
      }
    }
    return copy;
  }

  private static boolean isStored(Attribute attribute) {
    boolean derived =
        attribute.type() instanceof Type.Members
            || attribute.name().equals("parent")
            || attribute.name().equals("baseURI");
    return !derived && !(attribute.type() instanceof Type.Anything);
  }
}

package io.meltemi.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meltemi.model.wire.Facts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The declarations say what the standard says, but for the deviations that are written down. */
class DeclarationsTest {
  private static final Map<String, Face> FACES = Map.of("1.x", Face.CIMI_1, "2.0", Face.CIMI_2);

  private final Kinds kinds = new Kinds(CimiKinds.all());
  private final JsonNode deviations = resource("deviations.yaml");
  private final List<String> differences = new ArrayList<>();

  @Test
  void declarationsAgreeWithOurFacts() {
    compare(resource("facts.yaml"));
    assertThat(differences).isEmpty();
  }

  @Test
  void declarationsAgreeWithTheWholeDigest() throws IOException {
    Optional<Path> digest = Facts.find("resources.yaml");
    assumeThat(digest).as("the digest is not at hand").isPresent();
    compare(new YAMLMapper().readTree(digest.orElseThrow().toFile()));
    assertThat(differences).isEmpty();
  }

  @Test
  void everyKindOfOursIsAmongTheFacts() {
    JsonNode facts = resource("facts.yaml").get("resources");
    kinds.all().forEach(kind -> assertThat(facts.has(kind.name())).as(kind.name()).isTrue());
  }

  private void compare(JsonNode facts) {
    for (ResourceKind kind : kinds.all()) {
      JsonNode versions = facts.get("resources").path(kind.name()).path("versions");
      FACES.forEach((version, face) -> {
        String place = kind.name() + " " + version;
        expect(place, "served", kind.faces().contains(face), versions.has(version));
        if (versions.has(version)) {
          compare(kind, face, versions.get(version), place);
        }
      });
    }
  }

  private void compare(ResourceKind kind, Face face, JsonNode fact, String place) {
    if (kind.served() && fact.has("collection")) {
      JsonNode collection = fact.get("collection");
      expect(place, "items", kind.items(), collection.path("jsonItems").asText());
      kind.catalogue()
          .ifPresent(
              name -> expect(place, "entry point", name, collection.path("cepAttribute").asText()));
    }
    if (fact.path("create").has("templateMember")) {
      kind.templateMember()
          .ifPresent(member ->
              expect(place, "template", member, fact.at("/create/templateMember").asText()));
    }
    Map<String, Attribute> declared = kind.attributes(face);
    for (JsonNode attribute : fact.get("attributes")) {
      String name = attribute.get("name").asText();
      Attribute own = declared.get(name);
      if (own != null) {
        compare(kind, own, attribute, place + " " + name);
      } else if (!excused(kind, attribute, name)) {
        differences.add(place + " lacks " + name);
      }
    }
    noneInvented(kind, face, fact, place);
    operations(kind, face, fact, place);
  }

  private boolean excused(ResourceKind kind, JsonNode attribute, String name) {
    boolean notServed =
        attribute.get("type").asText().startsWith("collection ")
            && kind.name().equals("CloudEntryPoint");
    return notServed
        || deviations.get("absent").has(name)
        || deviations.get("absent").has(kind.name() + "." + name);
  }

  private void noneInvented(ResourceKind kind, Face face, JsonNode fact, String place) {
    List<String> known = fact.get("attributes").findValuesAsText("name");
    boolean borrowed = kind.name().equals("locatedVolume");
    for (Attribute own : kind.attributes()) {
      if (own.faces().contains(face) && own.extension().isEmpty() && !borrowed) {
        boolean there = known.contains(own.name());
        expect(place + " " + own.name(), "known to the standard", there, true);
      }
    }
  }

  private void compare(ResourceKind kind, Attribute own, JsonNode fact, String place) {
    String key = kind.name() + "." + own.name();
    if (!deviations.get("otherType").has(key)) {
      expect(place, "type", type(own), fact.get("type").asText());
    }
    if (fact.has("units")) {
      expect(place, "unit", own.unit().orElse(""), fact.get("units").asText().split(" \\(")[0]);
    }
    if (fact.has("allowed") && !fact.get("allowed").get(0).asText().contains("..")) {
      expect(place, "allowed", own.allowed(), texts(fact.get("allowed")));
    }
    flag(place, "providerMandatory", own.providerMandatory(), fact);
    if (!deviations.get("demanded").has(key)) {
      flag(place, "consumerMandatory", own.consumerMandatory(), fact);
    }
    boolean readOnly = texts(deviations.get("readOnly")).contains(kind.name());
    if (!readOnly && !deviations.get("notWritable").has(key)) {
      flag(place, "consumerWritable", own.consumerWritable(), fact);
      flag(place, "mutable", own.mutable(), fact);
    } else {
      expect(place, "writable", own.consumerWritable(), false);
    }
  }

  private void flag(String place, String what, boolean own, JsonNode fact) {
    expect(place, what, own, fact.get(what).asBoolean());
  }

  private void operations(ResourceKind kind, Face face, JsonNode fact, String place) {
    for (Operation own : kind.operations()) {
      if (own.plain() || !own.faces().contains(face)) {
        continue;
      }
      JsonNode theirs = named(fact.path("operations"), own.name());
      if (theirs.isMissingNode()) {
        if (texts(fact.at("/collection/operations")).contains(own.name())) continue;
        differences.add(place + " has an operation of its own: " + own.name());
      } else if (!theirs.get("allowedStates").get(0).asText().contains(" ")) {
        expect(
            place + " " + own.name(),
            "from",
            own.from().stream().sorted().toList(),
            texts(theirs.get("allowedStates")).stream().sorted().toList());
      }
      if (own.to().isPresent() && theirs.has("after")) {
        expect(place + " " + own.name(), "to", own.to().get(), theirs.get("after").asText());
      }
    }
  }

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode each : list) {
      if (each.get("name").asText().equals(name)) {
        return each;
      }
    }
    return list.path("none");
  }

  private void expect(String place, String what, Object own, Object theirs) {
    if (!own.equals(theirs)) {
      differences.add(place + ": " + what + " is " + own + ", the standard says " + theirs);
    }
  }

  private static String type(Attribute attribute) {
    return type(attribute.type());
  }

  private static String type(Type type) {
    if (type instanceof Type.Ref ref) return "ref " + ref.target();
    if (type instanceof Type.Members members) return "collection " + members.item();
    if (type instanceof Type.Listing listing) {
      return listing.item() instanceof Type.Anything ? "valueScope[]" : type(listing.item()) + "[]";
    }
    if (type instanceof Type.Dictionary) return "map";
    if (type instanceof Type.Struct) return "struct";
    if (type instanceof Type.Whole) return "integer";
    if (type instanceof Type.Bool) return "boolean";
    if (type instanceof Type.Time) return "dateTime";
    if (type instanceof Type.Uri) return "URI";
    return type instanceof Type.Hex ? "byte[]" : "string";
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static JsonNode resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(DeclarationsTest.class.getResourceAsStream(name), name)) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

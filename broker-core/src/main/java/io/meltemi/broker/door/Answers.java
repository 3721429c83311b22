package io.meltemi.broker.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.identity.Secrets;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Kinds;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes replies down so that a repeated request gets the same answer; sealed, for they show what
 * rows keep sealed.
 */
final class Answers {
  private static final String PURPOSE = "answer";

  private final Kinds kinds;
  private final Secrets secrets;
  private final ObjectMapper mapper = new ObjectMapper();

  Answers(Kinds kinds, Secrets secrets) {
    this.kinds = kinds;
    this.secrets = secrets;
  }

  String write(Reply reply) {
    ObjectNode answer = mapper.createObjectNode();
    reply.resource().ifPresent(it -> answer.set("resource", written(it)));
    reply.job().ifPresent(it -> answer.set("job", written(it)));
    answer.put("accepted", reply.accepted()).put("created", reply.created());
    return secrets.seal(PURPOSE, answer.toString());
  }

  Reply read(String text) {
    JsonNode answer = parsed(secrets.open(PURPOSE, text));
    return new Reply(
        resource(answer.path("resource")),
        resource(answer.path("job")),
        answer.path("accepted").asBoolean(),
        answer.path("created").asBoolean(),
        true);
  }

  private ObjectNode written(Resource resource) {
    ObjectNode node = mapper.createObjectNode();
    node.put("kind", resource.kind().name()).put("id", resource.id());
    node.put("generation", resource.generation());
    node.set("attributes", resource.attributes());
    new TreeSet<>(resource.operations()).forEach(node.withArray("operations")::add);
    return node;
  }

  private Optional<Resource> resource(JsonNode node) {
    if (!(node.path("attributes") instanceof ObjectNode attributes)) {
      return Optional.empty();
    }
    Set<String> operations = new TreeSet<>();
    node.path("operations").forEach(each -> operations.add(each.asText()));
    return Optional.of(
        new Resource(
            kinds.get(node.path("kind").asText()),
            node.path("id").asText(),
            node.path("generation").asLong(),
            attributes,
            operations));
  }

  private JsonNode parsed(String text) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

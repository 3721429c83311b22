package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Operation;
import java.util.Optional;
import java.util.Set;

/** Jobs: made by requests only, stopped by an action. */
final class JobHandler extends StoredHandler {
  private static final Set<String> ENDED = Set.of("SUCCESS", "FAILED", "STOPPED");

  JobHandler(Tools tools) {
    super(tools);
  }

  /** A job does not point to what no longer exists (R92). */
  static final class JobLook implements Look {
    private final References references;

    JobLook(Desk desk) {
      this.references = new References(desk);
    }

    @Override
    public void show(Caller caller, Row row, ObjectNode attributes) {
      if (!leads(attributes.path("targetResource"))) {
        attributes.remove("targetResource");
      }
      ArrayNode left = JsonNodeFactory.instance.arrayNode();
      attributes.path("affectedResources").forEach(each -> keep(each, left));
      attributes.set("affectedResources", left);
    }

    private void keep(JsonNode reference, ArrayNode left) {
      if (leads(reference)) {
        left.add(reference);
      }
    }

    private boolean leads(JsonNode reference) {
      return references.leads(reference.path("href").asText());
    }

    @Override
    public Optional<Problem> hindrance(Caller caller, Row row, Operation operation) {
      if (!operation.name().equals("delete") || ENDED.contains(row.state())) {
        return Optional.empty();
      }
      return Optional.of(
          Problem.of(
              409,
              "state.illegal",
              "The job is " + row.state() + " and cannot be deleted yet.",
              "Stop the job first, or wait until it has ended."));
    }
  }

  @Override
  public Reply act(Request request, Place place, String operation, ObjectNode input) {
    return tools()
        .books()
        .write(
            request,
            transaction -> {
              Row job = current(transaction, request, place, operation);
              checkInput(request, place, operation, input);
              Row stopping = tools().jobs().stop(transaction, request.caller(), job);
              return Outcome.begun(tools().views().of(request.caller(), stopping), stopping);
            });
  }
}

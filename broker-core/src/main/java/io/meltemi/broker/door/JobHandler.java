package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.broker.store.Row;
import java.util.List;
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
      for (String reference : List.of("targetResource", "parentJob")) {
        if (!leads(attributes.path(reference))) {
          attributes.remove(reference);
        }
      }
      for (String references : List.of("affectedResources", "nestedJobs")) {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        attributes.path(references).forEach(each -> keep(each, left));
        attributes.set(references, left);
      }
    }

    private void keep(JsonNode reference, ArrayNode left) {
      if (leads(reference)) {
        left.add(reference);
      }
    }

    private boolean leads(JsonNode reference) {
      return references.leads(reference.path("href").asText());
    }
  }

  /** A job that still runs is stopped first, and is gone when it has ended (R95). */
  @Override
  public Reply delete(Request request, Place place) {
    return tools()
        .books()
        .write(
            request,
            transaction -> {
              Row job = current(transaction, request, place, "delete");
              if (ENDED.contains(job.state())) {
                return removed(transaction, request, place, job);
              }
              Row going = tools().jobs().stopAndForget(transaction, request.caller(), job);
              return Outcome.begun(tools().views().of(request.caller(), going), going);
            });
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

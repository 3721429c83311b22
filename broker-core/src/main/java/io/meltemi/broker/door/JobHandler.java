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
import java.util.function.BiPredicate;

/** Jobs: made by requests only, stopped by an action. */
final class JobHandler extends StoredHandler {
  private static final Set<String> ENDED = Set.of("SUCCESS", "FAILED", "STOPPED");

  JobHandler(Tools tools) {
    super(tools);
  }

  /** A job does not point to what no longer exists, or not for the caller (R92). */
  static final class JobLook implements Look {
    private final BiPredicate<Caller, String> visible;

    /**
     * @param visible whether a path leads to what a caller sees
     */
    JobLook(BiPredicate<Caller, String> visible) {
      this.visible = visible;
    }

    @Override
    public void show(Caller caller, Row row, ObjectNode attributes) {
      for (String reference : List.of("targetResource", "parentJob")) {
        if (!leads(caller, attributes.path(reference))) {
          attributes.remove(reference);
        }
      }
      for (String references : List.of("affectedResources", "nestedJobs")) {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        attributes.path(references).forEach(each -> keep(caller, each, left));
        attributes.set(references, left);
      }
    }

    private void keep(Caller caller, JsonNode reference, ArrayNode left) {
      if (leads(caller, reference)) {
        left.add(reference);
      }
    }

    private boolean leads(Caller caller, JsonNode reference) {
      String path = reference.path("href").asText();
      return path.indexOf('/') < 0 || visible.test(caller, path);
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

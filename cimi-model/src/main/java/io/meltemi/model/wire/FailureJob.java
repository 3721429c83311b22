package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import java.util.Set;

/** The Job that tells a failure; it exists for the report only, so its id is empty. */
final class FailureJob {
  /** Codes below belong to the standard; ours are this and the HTTP status. */
  private static final int OWN_CODES = 10_000;

  private FailureJob() {}

  static Resource of(Failure failure, ResourceKind job, Face face) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    Problem problem = failure.problem();
    attributes.put("state", "FAILED");
    failure
        .target()
        .ifPresent(path -> {
          attributes.putObject("targetResource").put("href", path);
          attributes.putArray("affectedResources").addObject().put("href", path);
        });
    attributes.put("action", action(failure.action(), face));
    attributes.put("returnCode", OWN_CODES + problem.status());
    attributes.put("progress", 100);
    attributes.put("statusMessage", problem.message());
    attributes.put("timeOfStatusChange", failure.at().toString());
    attributes.put("code", problem.code());
    problem.field().ifPresent(field -> attributes.put("field", field));
    attributes.put("remedy", problem.remedy());
    problem.providerWords().ifPresent(words -> attributes.put("providerWords", words));
    return new Resource(job, "", 0, attributes, Set.of());
  }

  private static String action(String name, Face face) {
    return name.indexOf(':') < 0 ? face.actionUri(name) : name;
  }
}

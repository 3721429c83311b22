package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.watch.Doctor;
import io.meltemi.broker.watch.Finding;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the doctor finds at the moment of the question, for those who run the house. Deleting a
 * finding removes the provider's object, and is offered exactly when that is proven to be ours.
 */
final class FindingHandler extends DerivedHandler {
  static final String KIND = "Finding";

  private final StoredHandler.Tools tools;
  private final Doctor doctor;

  FindingHandler(StoredHandler.Tools tools, Doctor doctor) {
    this.tools = tools;
    this.doctor = doctor;
  }

  @Override
  List<Resource> all(Caller caller, Place place) {
    if (!caller.operator()) return List.of();
    return doctor.look().stream().map(finding -> resource(place, finding)).toList();
  }

  @Override
  public Optional<Resource> read(Caller caller, Place place) {
    return found(caller, place).map(finding -> resource(place, finding));
  }

  private Optional<Finding> found(Caller caller, Place place) {
    String id = place.path().substring(place.path().lastIndexOf('/') + 1);
    return caller.operator() ? doctor.find(id) : Optional.empty();
  }

  private static Resource resource(Place place, Finding finding) {
    ObjectNode attributes = named(finding.name());
    attributes.put("sort", finding.sort().name());
    attributes.set("account", reference(Accounts.path(finding.account())));
    finding.kind().ifPresent(kind -> attributes.put("kind", kind));
    finding.row().ifPresent(row -> attributes.set("resource", reference(row.id())));
    finding
        .there()
        .ifPresent(there -> {
          attributes.put("handle", there.handle().value()).put("state", there.state());
          there.token().ifPresent(token -> attributes.put("token", token.value()));
        });
    attributes.put("message", finding.message());
    Resource plain = resource(place.kind(), "findings/" + finding.id(), attributes);
    Set<String> operations = finding.removable() ? Set.of("delete") : Set.of();
    return new Resource(
        plain.kind(), plain.id(), plain.generation(), plain.attributes(), operations);
  }

  @Override
  public Reply delete(Request request, Place place) {
    Finding finding =
        found(request.caller(), place).orElseThrow(() -> Refusals.notFound(place.path()));
    fresh(request, resource(place, finding));
    if (!finding.removable()) throw kept();
    try {
      doctor.remove(finding);
    } catch (ConnectorException e) {
      throw refused(e);
    }
    return tools
        .books()
        .write(
            request,
            transaction -> {
              doctor.accepted(transaction, finding);
              return Outcome.gone(
                  tools
                      .jobs()
                      .done(
                          transaction, request.caller(), "delete", place.collection(), List.of()));
            });
  }

  private static ProblemException kept() {
    return Problem.of(
            409,
            "finding.kept",
            "Only an orphan is removed, and only when it was seen as one for "
                + Doctor.INTERVAL.toSeconds()
                + " s.",
            "Read the findings again after that time; whatever else they tell is mended by the"
                + " watch, or by hand.")
        .asException();
  }

  private static ProblemException refused(ConnectorException e) {
    boolean later = e.fault() == Fault.TRANSIENT || e.fault() == Fault.UNKNOWN;
    Problem problem =
        later
            ? Problem.of(
                503,
                "provider.unavailable",
                "The provider gave no answer, so nobody knows whether the object goes.",
                "Read the findings again.")
            : Problem.of(
                502,
                "provider.refused",
                "The provider does not remove the object.",
                "Its words tell why; an attached volume must be detached there first.");
    return problem.saidByProvider(e.reason()).asException();
  }
}

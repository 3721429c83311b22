package io.meltemi.webapp;

import io.meltemi.api.FrontEnd;
import io.meltemi.broker.identity.Users;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.NodeDoor;
import io.meltemi.webapp.http.HttpServer;
import io.meltemi.webapp.web.HealthResource;
import io.meltemi.webapp.web.MetricsResource;
import io.meltemi.webapp.web.NodeResource;
import io.meltemi.webapp.web.Readiness;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a house shows to the outside, under whatever server.
 *
 * @param nodes where nodes dial in; empty when that connector is not installed
 * @param ids makes ids of requests
 */
record Front(
    House house,
    Store store,
    Optional<NodeDoor> nodes,
    PrometheusMeterRegistry metrics,
    Supplier<String> ids) {

  /** All JAX-RS resources and providers. */
  Set<Object> resources() {
    Set<Object> resources = new HashSet<>(FrontEnd.of(house.door()));
    nodes.ifPresent(door -> resources.add(new NodeResource(door)));
    resources.add(new HealthResource(readiness()));
    AccountMeters accounts = new AccountMeters(metrics, house::loads);
    resources.add(
        new MetricsResource(metrics, accounts::refresh, house.identity(), HttpServer.NEIGHBOUR));
    return resources;
  }

  HttpServer server(Listening listening) {
    return new HttpServer(
        listening.settings(),
        new Resources(resources()),
        SecurityHeaders.of(listening.settings().tls().isPresent()),
        refusal -> house.door().refusal(refusal.status(), refusal.message()),
        ids);
  }

  private Readiness readiness() {
    return new Readiness(
        List.of(
            () ->
                missing(
                    !store.takesWrites(),
                    "the store takes no changes: make room on its disk or mend its database; the"
                        + " log tells the cause"),
            () -> missing(!store.isCurrent(), "what other replicas wrote is not heard"),
            () -> missing(store.all("MachineConfiguration").isEmpty(), "no machine configuration"),
            () -> missing(store.all("MachineImage").isEmpty(), "no machine image yet"),
            () ->
                missing(
                    house.catalog().offers(Users.FIRST_TENANT).offers().isEmpty(),
                    "no place offers anything yet")));
  }

  private static Optional<String> missing(boolean bad, String what) {
    return bad ? Optional.of(what) : Optional.empty();
  }
}

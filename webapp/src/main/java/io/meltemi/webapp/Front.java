package io.meltemi.webapp;

import io.meltemi.api.FrontEnd;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.NodeDoor;
import io.meltemi.webapp.http.HttpServer;
import io.meltemi.webapp.http.Refusal;
import io.meltemi.webapp.web.HealthResource;
import io.meltemi.webapp.web.MetricsResource;
import io.meltemi.webapp.web.NodeResource;
import io.meltemi.webapp.web.Readiness;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a house shows to the outside, under whatever server.
 *
 * @param nodes where nodes dial in; empty when that connector is not installed
 * @param ids makes ids of requests
 * @param readiness whether the work can be done
 */
record Front(
    House house,
    Store store,
    Optional<NodeDoor> nodes,
    PrometheusMeterRegistry metrics,
    Supplier<String> ids,
    Readiness readiness) {

  /** All JAX-RS resources and providers. */
  Set<Object> resources() {
    Set<Object> resources = new HashSet<>(FrontEnd.of(house.door()));
    nodes.ifPresent(door -> resources.add(new NodeResource(door)));
    resources.add(new HealthResource(readiness));
    AccountMeters accounts = new AccountMeters(metrics, house::loads);
    resources.add(new MetricsResource(metrics, accounts::refresh, house.identity()));
    return resources;
  }

  HttpServer server(Listening listening) {
    return new HttpServer(
        listening.settings(),
        house.door()::answer,
        new Resources(resources()),
        SecurityHeaders.of(listening.settings().tls().isPresent()),
        this::told,
        ids);
  }

  /** The JSON body that tells of a refusal. */
  byte[] told(Refusal refusal) {
    return house
        .door()
        .refusal(refusal.status(), refusal.message(), refusal.remedy(), refusal.field());
  }
}

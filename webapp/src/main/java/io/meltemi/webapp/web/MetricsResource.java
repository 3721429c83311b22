package io.meltemi.webapp.web;

import io.meltemi.broker.identity.Identity;
import io.meltemi.model.ProblemException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code /metrics} for Prometheus: for operators. */
@Path("/metrics")
public final class MetricsResource {
  private final PrometheusMeterRegistry registry;
  private final Runnable refresh;
  private final Identity identity;

  /**
   * @param refresh what is done before each look
   */
  public MetricsResource(PrometheusMeterRegistry registry, Runnable refresh, Identity identity) {
    this.registry = registry;
    this.refresh = refresh;
    this.identity = identity;
  }

  @GET
  public Response scrape(@Context ContainerRequestContext request) {
    if (!operator(request)) {
      return Response.status(401)
          .header("WWW-Authenticate", "Basic realm=\"meltemi\", charset=\"UTF-8\"")
          .build();
    }
    refresh.run();
    return Response.ok()
        .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .entity(registry.scrape().getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private boolean operator(ContainerRequestContext request) {
    try {
      return identity
          .authenticate(
              Optional.ofNullable(request.getHeaderString("Authorization")), Optional.empty())
          .operator();
    } catch (ProblemException e) {
      return false;
    }
  }
}

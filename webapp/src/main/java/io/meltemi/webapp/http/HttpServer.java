package io.meltemi.webapp.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.meltemi.api.handler.Answer;
import io.meltemi.api.handler.Ask;
import jakarta.ws.rs.core.Application;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The server of the doors and of a JAX-RS application beside them. */
public final class HttpServer implements AutoCloseable {
  private final WebServer server;
  private final SlowClients clients;
  private final JerseyContainer container;
  private final Duration drain;

  /**
   * Makes a server that does not listen yet.
   *
   * @param doors answers what is asked below a face; everything else is the application's
   * @param everyAnswer headers that every answer carries
   * @param refusal makes the JSON body of an answer to what is no request
   * @param ids makes ids of requests
   */
  public HttpServer(
      HttpSettings settings,
      Function<Ask, Answer> doors,
      Application application,
      Map<String, String> everyAnswer,
      Function<Refusal, byte[]> refusal,
      Supplier<String> ids) {
    this.clients = new SlowClients(settings.limits());
    Refusals refusals = new Refusals(refusal, everyAnswer, ids);
    Hosts hosts = new Hosts(settings.hosts(), settings.publicUrl(), settings.tls().isPresent());
    this.drain = settings.limits().drain();
    this.container =
        new JerseyContainer(
            new Faces(doors, ids),
            new ApplicationHandler(lean(application)),
            hosts,
            clients,
            refusals,
            headers(everyAnswer),
            ids);
    this.server = build(settings, refusals);
  }

  /** Without what costs time at every request and nobody asked for. */
  public static ResourceConfig lean(Application application) {
    return ResourceConfig.forApplication(application)
        .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
        .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
        .property(CommonProperties.PROVIDER_DEFAULT_DISABLE, "ALL")
        .property(ServerProperties.WADL_FEATURE_DISABLE, true)
        .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true)
        .property(CommonProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);
  }

  private static List<Header> headers(Map<String, String> everyAnswer) {
    return everyAnswer.entrySet().stream()
        .map(entry -> HeaderValues.createCached(entry.getKey(), entry.getValue()))
        .toList();
  }

  private WebServer build(HttpSettings settings, Refusals refusals) {
    HttpSettings.Limits limits = settings.limits();
    Http2Config http2 = http2(limits);
    WebServerConfig.Builder builder =
        WebServer.builder()
            .shutdownHook(false)
            .address(settings.listen())
            .port(settings.port())
            .maxTcpConnections(limits.connections())
            .idleConnectionTimeout(limits.idle())
            .idleConnectionPeriod(limits.idle().dividedBy(4))
            .shutdownGracePeriod(limits.drain())
            .connectionOptions(
                SocketOptions.builder().readTimeout(limits.idle()).tcpNoDelay(true).build())
            .protocolsDiscoverServices(false)
            .contentEncoding(new AnyCoding())
            .addConnectionSelector(new OldHttp(refusals))
            .addConnectionSelector(PatientHttp2.selector(http2))
            .addConnectionSelector(
                Http1ConnectionSelector.builder()
                    .config(http1(limits))
                    .addUpgrader(PatientHttp2.upgrader(http2))
                    .build())
            .directHandlers(everywhere(refusals))
            .routing(routing -> routing.any(container));
    settings.tls().ifPresent(context -> builder.tls(Tls.builder().sslContext(context).build()));
    return builder.build();
  }

  private Http1Config http1(HttpSettings.Limits limits) {
    return Http1Config.builder()
        .maxHeadersSize(limits.headerBytes())
        .maxPrologueLength(limits.lineBytes())
        .validatePrologue(false) // Queries tells what is wrong
        .continueImmediately(false)
        .addReceiveListener(clients)
        .build();
  }

  private static Http2Config http2(HttpSettings.Limits limits) {
    return Http2Config.builder()
        .maxHeaderListSize(limits.headerBytes())
        .flowControlTimeout(limits.writeTime())
        .maxConcurrentStreams(128)
        .build();
  }

  private static DirectHandlers everywhere(Refusals refusals) {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, refusals);
    }
    return handlers.build();
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when the port is taken
   */
  public void start() {
    server.start();
    if (!server.isRunning()) throw new IllegalStateException("the port cannot be taken");
    clients.start();
  }

  /** The port that was taken. */
  public int port() {
    return server.port();
  }

  /** Lets requests that run come to their end, as long as that takes no longer than the limit. */
  @Override
  public void close() {
    container.drain();
    long deadline = System.nanoTime() + drain.toNanos();
    while (container.running() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(5_000_000);
    }
    server.stop();
    clients.close();
  }
}

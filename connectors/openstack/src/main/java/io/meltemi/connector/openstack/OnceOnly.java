package io.meltemi.connector.openstack;

import com.google.common.collect.ImmutableMultimap;
import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jclouds.Constants;
import org.jclouds.http.HttpCommandExecutorService;
import org.jclouds.http.HttpRequest;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpUtils;
import org.jclouds.http.IOExceptionRetryHandler;
import org.jclouds.http.config.ConfiguresHttpCommandExecutorService;
import org.jclouds.http.config.SSLModule;
import org.jclouds.http.handlers.DelegatingErrorHandler;
import org.jclouds.http.handlers.DelegatingRetryHandler;
import org.jclouds.http.internal.BaseHttpCommandExecutorService;
import org.jclouds.http.internal.HttpWire;
import org.jclouds.io.ByteStreams2;
import org.jclouds.io.ContentMetadataCodec;
import org.jclouds.io.Payload;
import org.jclouds.io.Payloads;

/**
 * The HTTP under jclouds. A change is sent once: the JDK's older client, which jclouds would use,
 * sends a request anew by itself when its connection ends without an answer. An answer longer than
 * {@link #LONGEST} is an error.
 */
final class OnceOnly extends BaseHttpCommandExecutorService<java.net.http.HttpRequest> {
  private static final long LONGEST = 64L << 20;

  /** Set by the JDK's client itself. */
  private static final Set<String> BY_CLIENT =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final HttpClient http;
  private final Duration patience;
  private final String userAgent;

  @Inject
  @SuppressWarnings("TooManyParameters") // what jclouds' own base asks for
  OnceOnly(
      HttpUtils utils,
      ContentMetadataCodec metadata,
      DelegatingRetryHandler retries,
      IOExceptionRetryHandler ioRetries,
      DelegatingErrorHandler errors,
      HttpWire wire,
      HttpClient http,
      @Named(Constants.PROPERTY_IDEMPOTENT_METHODS) String idempotent,
      @Named(Constants.PROPERTY_USER_AGENT) String userAgent) {
    super(utils, metadata, retries, ioRetries, errors, wire, idempotent);
    this.http = http;
    this.patience = Duration.ofMillis(utils.getSocketOpenTimeout());
    this.userAgent = userAgent;
  }

  /** Puts this in the place of jclouds' own. */
  @ConfiguresHttpCommandExecutorService
  static final class Module extends AbstractModule {
    private final HttpClient http;

    Module(HttpClient http) {
      this.http = http;
    }

    @Override
    protected void configure() {
      install(new SSLModule());
      bind(HttpClient.class).toInstance(http);
      bind(HttpCommandExecutorService.class).to(OnceOnly.class).in(Scopes.SINGLETON);
    }
  }

  @Override
  protected java.net.http.HttpRequest convert(HttpRequest request) throws IOException {
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(request.getEndpoint())
            .timeout(patience)
            .header("User-Agent", userAgent);
    request.getHeaders().entries().forEach(header -> add(builder, header));
    Payload payload = request.getPayload();
    if (payload == null) {
      return builder
          .method(request.getMethod(), java.net.http.HttpRequest.BodyPublishers.noBody())
          .build();
    }
    contentMetadataCodec
        .toHeaders(payload.getContentMetadata())
        .entries()
        .forEach(header -> add(builder, header));
    byte[] body = ByteStreams2.toByteArrayAndClose(payload.openStream());
    return builder
        .method(request.getMethod(), java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static void add(
      java.net.http.HttpRequest.Builder builder, Map.Entry<String, String> header) {
    if (!BY_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
      builder.header(header.getKey(), header.getValue());
    }
  }

  @Override
  protected HttpResponse invoke(java.net.http.HttpRequest request)
      throws IOException, InterruptedException {
    java.net.http.HttpResponse<byte[]> answer =
        http.send(
            request,
            java.net.http.HttpResponse.BodyHandlers.limiting(
                java.net.http.HttpResponse.BodyHandlers.ofByteArray(), LONGEST));
    ImmutableMultimap.Builder<String, String> headers = ImmutableMultimap.builder();
    answer.headers().map().forEach(headers::putAll);
    ImmutableMultimap<String, String> all = headers.build();
    HttpResponse.Builder<?> response =
        HttpResponse.builder()
            .statusCode(answer.statusCode())
            .headers(HttpUtils.filterOutContentHeaders(all));
    if (answer.body().length > 0) {
      Payload payload = Payloads.newByteArrayPayload(answer.body());
      contentMetadataCodec.fromHeaders(payload.getContentMetadata(), all);
      response.payload(payload);
    }
    return response.build();
  }

  @Override
  protected void cleanup(java.net.http.HttpRequest request) {}
}

package io.meltemi.connector.openstack;

import com.google.common.collect.ImmutableMultimap;
import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import io.meltemi.connector.Http;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jclouds.Constants;
import org.jclouds.http.HttpCommand;
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
import org.jclouds.logging.Logger;
import org.jclouds.rest.internal.GeneratedHttpRequest;

/**
 * The HTTP under jclouds: the account's own way out. A change is sent once; the JDK's older client,
 * which jclouds would use, sends a request anew by itself when its connection ends without an
 * answer, and would reach any address that a catalogue names.
 */
final class OnceOnly extends BaseHttpCommandExecutorService<Http.Request> {
  /** Extensions of nova are read through an interface that other services have too. */
  private static final Pattern OF_NOVA =
      Pattern.compile("org\\.jclouds\\.openstack\\.(nova\\.)?v2_0\\.");

  private final Http http;
  private final Rest rest;
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
      Http http,
      Rest rest,
      @Named(Constants.PROPERTY_IDEMPOTENT_METHODS) String idempotent,
      @Named(Constants.PROPERTY_USER_AGENT) String userAgent) {
    super(utils, metadata, retries, ioRetries, errors, wire, idempotent);
    this.http = http;
    this.rest = rest;
    this.patience = Duration.ofMillis(utils.getSocketOpenTimeout());
    this.userAgent = userAgent;
  }

  /** Puts this in the place of jclouds' own. */
  @ConfiguresHttpCommandExecutorService
  static final class Module extends AbstractModule {
    private final Http http;
    private final Rest rest;

    Module(Http http, Rest rest) {
      this.http = http;
      this.rest = rest;
    }

    @Override
    protected void configure() {
      install(new SSLModule());
      bind(Http.class).toInstance(http);
      bind(Rest.class).toInstance(rest);
      bind(HttpCommandExecutorService.class).to(OnceOnly.class).in(Scopes.SINGLETON);
    }
  }

  @Override
  protected Http.Request convert(HttpRequest request) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("User-Agent", List.of(userAgent));
    request.getHeaders().entries().forEach(header -> add(headers, header));
    if (ofJcloudsAtNova(request)) headers.put(NovaGaps.VERSION, List.of(NovaGaps.COMPUTE));
    byte[] body = new byte[0];
    Payload payload = request.getPayload();
    if (payload != null) {
      contentMetadataCodec
          .toHeaders(payload.getContentMetadata())
          .entries()
          .forEach(header -> add(headers, header));
      body = ByteStreams2.toByteArrayAndClose(payload.openStream());
    }
    return new Http.Request(request.getMethod(), request.getEndpoint(), headers, body, patience);
  }

  /** Its own interfaces of nova ask for no version. */
  private static boolean ofJcloudsAtNova(HttpRequest request) {
    return request instanceof GeneratedHttpRequest made
        && OF_NOVA
            .matcher(made.getInvocation().getInvokable().getDeclaringClass().getName())
            .lookingAt();
  }

  private static void add(Map<String, List<String>> headers, Map.Entry<String, String> header) {
    headers.computeIfAbsent(header.getKey(), _ -> new ArrayList<>()).add(header.getValue());
  }

  /** The base's log calls it an error that a change is sent once; whoever called tells of those. */
  @Override
  public HttpResponse invoke(HttpCommand command) {
    logger = Logger.NULL;
    return super.invoke(command);
  }

  @Override
  protected HttpResponse invoke(Http.Request request) throws IOException {
    Http.Answer answer = http.send(request);
    rest.heard(answer);
    Nesting.check(answer.body());
    Keystone.check(request.address(), answer);
    ImmutableMultimap.Builder<String, String> headers = ImmutableMultimap.builder();
    answer.headers().map().forEach(headers::putAll);
    ImmutableMultimap<String, String> all = headers.build();
    HttpResponse.Builder<?> response =
        HttpResponse.builder()
            .statusCode(answer.status())
            .headers(HttpUtils.filterOutContentHeaders(all));
    if (answer.body().length > 0) {
      Payload payload = Payloads.newByteArrayPayload(answer.body());
      contentMetadataCodec.fromHeaders(payload.getContentMetadata(), all);
      response.payload(payload);
    }
    return response.build();
  }

  @Override
  protected void cleanup(Http.Request request) {}
}

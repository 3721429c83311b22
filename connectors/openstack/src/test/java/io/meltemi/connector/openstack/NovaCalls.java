package io.meltemi.connector.openstack;

import io.meltemi.connector.Fault;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import io.meltemi.connector.kit.Rig.Call;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Calls of the SPI as nova sees them, and how nova words a refusal. */
final class NovaCalls {
  private NovaCalls() {}

  static boolean is(FaultProxy.Call request, Call call) {
    boolean post = request.method().equals("POST");
    boolean action = post && request.path().endsWith("/action");
    boolean capture = request.body().contains("createImage");
    return switch (call) {
      case CREATE -> post && request.path().endsWith("/servers");
      case ACT -> action && !capture;
      case CAPTURE -> action && capture;
      case DELETE -> request.method().equals("DELETE") && request.path().contains("/servers/");
      case CREATE_VOLUME -> post && request.path().endsWith("/volumes");
      case ATTACH -> post && request.path().endsWith("/os-volume_attachments");
      case SNAPSHOT -> post && request.path().endsWith("/snapshots");
      case SNAPSHOT_MACHINE, RESTORE ->
          throw new IllegalArgumentException("no snapshots are taken of machines");
      case DELETE_VOLUME ->
          request.method().equals("DELETE") && request.path().contains("/volumes/");
      case CREATE_NETWORK -> post && request.path().endsWith("/networks");
      case DELETE_NETWORK ->
          request.method().equals("DELETE") && request.path().contains("/networks/");
      case LEND_ADDRESS -> post && request.path().endsWith("/floatingips");
      case RELEASE_ADDRESS ->
          request.method().equals("DELETE") && request.path().contains("/floatingips/");
      case LIST -> request.path().endsWith("/servers/detail");
      case DISCOVER -> request.path().endsWith("/flavors/detail");
    };
  }

  static boolean question(Call call) {
    return call == Call.LIST || call == Call.DISCOVER;
  }

  static Mishap refusal(Fault fault, String words, Optional<Duration> retryAfter) {
    int status = status(fault);
    String body = "{\"%s\":{\"code\":%d,\"message\":\"%s\"}}".formatted(name(fault), status, words);
    return new Mishap.Refused(
        status,
        retryAfter
            .map(pause -> Map.of("Retry-After", String.valueOf(pause.toSeconds())))
            .orElse(Map.of()),
        body);
  }

  private static int status(Fault fault) {
    return switch (fault) {
      case BAD_REQUEST, CAPACITY -> 400;
      case CREDENTIALS -> 401;
      case QUOTA -> 403;
      case TRANSIENT -> 429;
      case UNKNOWN -> 500;
      case UNSUPPORTED -> 501;
    };
  }

  private static String name(Fault fault) {
    return switch (fault) {
      case BAD_REQUEST, CAPACITY -> "badRequest";
      case CREDENTIALS -> "unauthorized";
      case QUOTA -> "forbidden";
      case TRANSIENT -> "overLimit";
      case UNKNOWN -> "computeFault";
      case UNSUPPORTED -> "notImplemented";
    };
  }
}

package io.meltemi.webapp;

import io.meltemi.webapp.http.HttpServer;
import io.meltemi.webapp.http.Refusal;
import io.meltemi.webapp.settings.Settings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.glassfish.jersey.internal.util.collection.Value;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * The doors in a servlet container: the same resources as under our own server, with the same
 * headers around them and the same rule for host names.
 */
final class ContainerServlet extends ServletContainer {
  private static final long serialVersionUID = 1L;

  private final transient Front front;
  private final transient Set<String> hosts;
  private final transient Optional<URI> publicUrl;

  ContainerServlet(Settings.Http http, Front front) {
    super(
        HttpServer.lean(new Resources(front.resources()))
            .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true));
    this.front = front;
    this.hosts = Listening.hosts(http);
    this.publicUrl = http.publicUrl();
  }

  @Override
  public Value<Integer> service(
      URI base, URI target, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    SecurityHeaders.of(request.isSecure()).forEach(response::setHeader);
    response.setHeader("Meltemi-Request", front.ids().get());
    if (!hosts.contains(request.getServerName().toLowerCase(Locale.ROOT))) {
      return foreignHost(response);
    }
    URI shown = publicUrl.orElse(base);
    return super.service(shown, moved(base, target, shown), request, response);
  }

  private static URI moved(URI base, URI target, URI shown) {
    return shown.equals(base) ? target : shown.resolve(base.relativize(target));
  }

  private Value<Integer> foreignHost(HttpServletResponse response) throws IOException {
    byte[] body = front.told(Refusal.FOREIGN_HOST);
    response.setStatus(Refusal.FOREIGN_HOST.status());
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    return Refusal.FOREIGN_HOST::status;
  }
}

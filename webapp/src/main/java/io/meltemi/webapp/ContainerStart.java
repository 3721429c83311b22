package io.meltemi.webapp;

import io.meltemi.webapp.settings.Settings;
import io.meltemi.webapp.settings.SettingsReader;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The start inside a servlet container. Settings come from the environment and from the file that
 * {@code MELTEMI_CONFIG} names; addresses, ports and certificates are the container's, and so is
 * the log that tells what an operator must know.
 */
public final class ContainerStart implements ServletContextListener {
  private @Nullable Serving serving;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext container = event.getServletContext();
    Surroundings around = Surroundings.real(home(container));
    Settings settings = settings(around.environment());
    StringWriter told = new StringWriter();
    serving =
        Serving.behind(
            settings, around, new PrintWriter(told), front -> show(container, settings, front));
    container.log(told.toString());
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    Serving running = serving;
    if (running == null) return;
    StringWriter told = new StringWriter();
    running.stop(new PrintWriter(told));
    event.getServletContext().log(told.toString());
  }

  /** Connectors load from folders of jars, so the archive must be unpacked. */
  private static Path home(ServletContext container) {
    String place = container.getRealPath("/WEB-INF");
    if (place == null) {
      throw new StartException("The container must unpack the archive: switch that on.");
    }
    return Path.of(place);
  }

  private static Settings settings(Map<String, String> environment) {
    Optional<Path> file = Optional.ofNullable(environment.get("MELTEMI_CONFIG")).map(Path::of);
    return SettingsReader.read(file, environment, Map.of());
  }

  private static void show(ServletContext container, Settings settings, Front front) {
    ServletRegistration.Dynamic servlet =
        container.addServlet("meltemi", new ContainerServlet(settings.http(), front));
    servlet.setLoadOnStartup(1);
    servlet.addMapping("/*");
  }
}

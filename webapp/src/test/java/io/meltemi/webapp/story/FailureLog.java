package io.meltemi.webapp.story;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What the broker logs as a failure of its own: warnings and errors. */
final class FailureLog implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  FailureLog() {
    events.start();
    root.addAppender(events);
  }

  String told() {
    return events.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::toString)
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    root.detachAppender(events);
  }
}

package io.meltemi.webapp;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.meltemi.webapp.settings.Settings;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Where log lines go: standard output, and a file that starts anew each day and at 10 MB; old ones
 * are kept for 30 days and 500 MB. No line of a message can pass for a line of the log.
 */
final class Logs {
  /** Line breaks within a message are shown, not made. */
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %logger{0} %replace([%X{request} %X{tenant}"
          + " %X{user} %X{job} %X{account}]){'\\[ *\\]|(?<=\\[) +| +(?=\\])| {2,}', ''}"
          + " %replace(%msg){'[\\r\\n]+', ' | '}%n%rEx{12}";

  private Logs() {}

  static void open(Path folder, Settings.Log settings) {
    root(settings).addAppender(file(folder, context(), settings));
  }

  /** Standard output alone: for a process that serves nobody. */
  static void console(Settings.Log settings) {
    root(settings);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static Logger root(Settings.Log settings) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    LoggerContext context = context();
    context.reset();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(settings.level(), Level.INFO));
    quieten(context);
    root.addAppender(started(new ConsoleAppender<>(), context, settings));
    return root;
  }

  /** Levels that no setting raises: some would tell requests with all that is secret in them. */
  static void quieten(LoggerContext context) {
    for (String noisy :
        new String[] {
          "io.helidon",
          "org.hibernate",
          "org.flywaydb",
          "com.zaxxer",
          "jclouds",
          "org.jclouds",
          "io.github.resilience4j"
        }) {
      context.getLogger(noisy).setLevel(Level.WARN);
    }
    // tells of a taken port in fifty lines; we say it in one
    context.getLogger("io.helidon.webserver.LoomServer").setLevel(Level.OFF);
    // warns of every resource that is an object and not a class
    context.getLogger("org.glassfish.jersey").setLevel(Level.ERROR);
  }

  private static OutputStreamAppender<ILoggingEvent> file(
      Path folder, LoggerContext context, Settings.Log settings) {
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setFile(folder.resolve("meltemi.log").toString());
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(file);
    policy.setFileNamePattern(folder.resolve("meltemi.%d.%i.log.gz").toString());
    policy.setMaxFileSize(FileSize.valueOf("10MB"));
    policy.setMaxHistory(30);
    policy.setTotalSizeCap(FileSize.valueOf("500MB"));
    policy.start();
    file.setRollingPolicy(policy);
    return started(file, context, settings);
  }

  private static OutputStreamAppender<ILoggingEvent> started(
      OutputStreamAppender<ILoggingEvent> appender, LoggerContext context, Settings.Log settings) {
    appender.setContext(context);
    appender.setEncoder(encoder(context, settings));
    appender.start();
    return appender;
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, Settings.Log settings) {
    if (settings.json()) {
      JsonEncoder json = new JsonEncoder();
      json.setContext(context);
      json.start();
      return json;
    }
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setContext(context);
    text.setPattern(LINE);
    text.start();
    return text;
  }
}

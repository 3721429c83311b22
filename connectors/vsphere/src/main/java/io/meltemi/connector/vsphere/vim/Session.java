package io.meltemi.connector.vsphere.vim;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Calls under one log-in. Logs in when the first call needs it and anew when the vCenter has
 * forgotten the session: what it refuses for that it has not carried out, so the call is repeated
 * once. A session that nobody uses is kept alive.
 */
final class Session implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(25);
  private static final Ref INSTANCE = new Ref("ServiceInstance", "ServiceInstance");

  private final Transport transport;
  private final String user;
  private final String password;
  private final ReentrantLock logIn = new ReentrantLock();
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("vsphere-keep").factory());
  private volatile @Nullable Live live;
  private volatile boolean used;

  /**
   * What a log-in gave.
   *
   * @param content references of the vCenter's managers
   * @param key the session's id, which is no secret
   */
  record Live(Optional<String> cookie, Element content, String key) {
    Ref manager(String name) {
      return content.need(name).ref();
    }
  }

  /**
   * @param keepAlive shorter than the vCenter's idle limit, which is 30 minutes unless somebody
   *     changed it
   */
  Session(Transport transport, String user, String password, Duration keepAlive) {
    this.transport = transport;
    this.user = user;
    this.password = password;
    var _ =
        keeper.scheduleWithFixedDelay(
            this::keep, keepAlive.toMillis(), keepAlive.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A question; a lost answer has changed nothing. */
  Element ask(Ref on, String method, Element... arguments) {
    return call(on, method, List.of(arguments), Fault.TRANSIENT, LIMIT);
  }

  /** A question that the vCenter may take this long to answer. */
  Element ask(Duration limit, Ref on, String method, Element... arguments) {
    return call(on, method, List.of(arguments), Fault.TRANSIENT, limit);
  }

  /** A change; after a lost answer nobody knows. */
  Element change(Ref on, String method, Element... arguments) {
    return call(on, method, List.of(arguments), Fault.UNKNOWN, LIMIT);
  }

  private Element call(
      Ref on, String method, List<Element> arguments, Fault whenLost, Duration limit) {
    used = true;
    Element message = message(on, method, arguments);
    Live session = live();
    try {
      return exchange(message, session.cookie(), whenLost, limit).body();
    } catch (ConnectorException e) {
      if (!Faults.is(e, "NotAuthenticated")) {
        throw e;
      }
    }
    forget(session);
    return exchange(message, live().cookie(), whenLost, limit).body();
  }

  private static Element message(Ref on, String method, List<Element> arguments) {
    Element self = Element.of("_this", on);
    return Element.of(method, Stream.concat(Stream.of(self), arguments.stream()).toList());
  }

  private record Exchange(Element body, Optional<String> cookie) {}

  private Exchange exchange(
      Element message, Optional<String> cookie, Fault whenLost, Duration limit) {
    try {
      Transport.Answer answer = transport.post(Messages.envelope(message), cookie, limit);
      if (answer.status() != 200 && answer.status() != 500) {
        throw Faults.of(answer, transport.address(), whenLost);
      }
      Element body = read(answer, whenLost);
      if (body.name().equals("Fault")) {
        throw Faults.of(VimFault.of(body), whenLost);
      }
      return new Exchange(body, answer.cookie());
    } catch (IOException e) {
      throw Faults.of(e, transport.address(), whenLost);
    }
  }

  private Element read(Transport.Answer answer, Fault whenLost) throws IOException {
    try {
      return Answers.body(answer.body());
    } catch (XMLStreamException e) {
      if (answer.status() == 500) {
        throw Faults.of(answer, transport.address(), whenLost);
      }
      throw new IOException("the answer cannot be read: " + e.getMessage(), e);
    }
  }

  /** The session that is open, or a new one; one log-in at a time. */
  Live live() {
    Live now = live;
    if (now != null) {
      return now;
    }
    logIn.lock();
    try {
      now = live;
      if (now == null) {
        now = open();
        live = now;
      }
      return now;
    } finally {
      logIn.unlock();
    }
  }

  private Live open() {
    Element content =
        exchange(
                message(INSTANCE, "RetrieveServiceContent", List.of()),
                Optional.empty(),
                Fault.TRANSIENT,
                LIMIT)
            .body()
            .need("returnval");
    Element login =
        message(
            content.need("sessionManager").ref(),
            "Login",
            List.of(Element.of("userName", user), Element.of("password", password)));
    Exchange answer = exchange(login, Optional.empty(), Fault.TRANSIENT, LIMIT);
    return new Live(answer.cookie(), content, answer.body().need("returnval").text("key"));
  }

  private void forget(Live dead) {
    logIn.lock();
    try {
      if (dead.equals(live)) {
        live = null;
      }
    } finally {
      logIn.unlock();
    }
  }

  private void keep() {
    Live session = live;
    if (session != null && !used) {
      try {
        exchange(
            message(INSTANCE, "CurrentTime", List.of()), session.cookie(), Fault.TRANSIENT, LIMIT);
      } catch (ConnectorException e) {
        if (Faults.is(e, "NotAuthenticated")) {
          forget(session);
        }
      }
    }
    used = false;
  }

  /** Logs out, for a vCenter holds a limited number of sessions. */
  @Override
  public void close() {
    keeper.shutdownNow();
    Live session = live;
    if (session != null) {
      try {
        exchange(
            message(session.manager("sessionManager"), "Logout", List.of()),
            session.cookie(),
            Fault.TRANSIENT,
            Duration.ofSeconds(3));
      } catch (ConnectorException e) {
        live = null; // it ends by itself
      }
    }
    transport.close();
  }
}

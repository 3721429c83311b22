package io.meltemi.connector.vsphere.vim;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls under one log-in. Logs in when the first call needs it and anew when the vCenter has
 * forgotten the session: what it refuses for that it has not carried out, so the call is repeated
 * once. A session that nobody uses is kept alive.
 */
final class Session implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(25);
  private static final Ref INSTANCE = new Ref("ServiceInstance", "ServiceInstance");

  private final Wire wire;
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
    this.wire = new Wire(transport);
    this.user = user;
    this.password = password;
    var _ =
        keeper.scheduleWithFixedDelay(
            this::keep, keepAlive.toMillis(), keepAlive.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A question; a lost answer has changed nothing. */
  Element ask(Ref on, String method, Element... arguments) {
    return ask(LIMIT, on, method, arguments);
  }

  /** A question that the vCenter may take this long to answer. */
  Element ask(Duration limit, Ref on, String method, Element... arguments) {
    return call(Wire.message(on, method, arguments), Fault.TRANSIENT, limit);
  }

  /** A change; after a lost answer nobody knows. */
  Element change(Ref on, String method, Element... arguments) {
    return call(Wire.message(on, method, arguments), Fault.UNKNOWN, LIMIT);
  }

  private Element call(Element message, Fault whenLost, Duration limit) {
    used = true;
    Live session = live();
    try {
      return wire.call(message, session.cookie(), whenLost, limit).body();
    } catch (ConnectorException e) {
      if (!Faults.is(e, "NotAuthenticated")) {
        throw e;
      }
    }
    forget(session);
    return wire.call(message, live().cookie(), whenLost, limit).body();
  }

  /** The session that is open, or a new one; one log-in at a time. */
  Live live() {
    Live now = live;
    if (now != null) {
      return now;
    }
    awaitLogIn();
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

  /** An interrupted call does not wait for another's log-in either, which may hang. */
  private void awaitLogIn() {
    try {
      logIn.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectorException(Fault.TRANSIENT, "not sent: the log-in is not answered", e);
    }
  }

  private Live open() {
    Element content =
        question(Wire.message(INSTANCE, "RetrieveServiceContent"), Optional.empty())
            .body()
            .need("returnval");
    Wire.Reply login =
        question(
            Wire.message(
                content.need("sessionManager").ref(),
                "Login",
                Element.of("userName", user),
                Element.of("password", password)),
            Optional.empty());
    return new Live(login.cookie(), content, login.body().need("returnval").text("key"));
  }

  private Wire.Reply question(Element message, Optional<String> cookie) {
    return wire.call(message, cookie, Fault.TRANSIENT, LIMIT);
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
        question(Wire.message(INSTANCE, "CurrentTime"), session.cookie());
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
        Element logOut = Wire.message(session.manager("sessionManager"), "Logout");
        wire.call(logOut, session.cookie(), Fault.TRANSIENT, Duration.ofSeconds(3));
      } catch (ConnectorException e) {
        live = null; // it ends by itself
      }
    }
    wire.close();
  }
}

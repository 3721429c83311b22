package io.meltemi.connector.scripted;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.kit.FaultSuite;
import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.kit.Rig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Every mishap between the scripted connector and a cloud behind a socket. */
class ScriptedFaultsTest extends FaultSuite {
  @Override
  protected Rig rig() {
    return new SocketRig();
  }

  @Override
  protected Duration limit() {
    return Duration.ofSeconds(3);
  }

  private static final class SocketRig implements NorthRig {
    private final Listener listener;
    private final SocketFaults between;

    SocketRig() {
      try {
        ScriptedCloud cloud = new ScriptedCloud(Scripts.SWIFT, Clock.systemUTC());
        listener = new Listener(cloud, Address.parse("127.0.0.1:0"));
        String address = listener.address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        between = new SocketFaults(new InetSocketAddress("127.0.0.1", port));
        Thread.ofVirtual().start(this::listen);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void listen() {
      try {
        listener.listen();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Connector open() {
      return new ScriptedConnectorFactory()
          .open(
              Map.of("address", between.address(), "password", "open-sesame"),
              new ConnectorFactory.Context(
                  "account-1", Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
    }

    @Override
    public Optional<Mishaps> mishaps() {
      return Optional.of(between);
    }

    @Override
    public void close() {
      try {
        between.close();
        listener.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package io.meltemi.connector.outgoing;

import io.meltemi.connector.Http;
import io.meltemi.connector.NoAnswerException;
import io.meltemi.connector.Outgoing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate itself. A name is looked up for each connection, and what it leads to is judged. */
public final class Gateway implements Outgoing {
  /** How long a connection may take to be made, TLS included. */
  static final Duration TO_CONNECT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Destinations destinations;
  private final Names names;

  Gateway(Destinations destinations, Names names) {
    this.destinations = destinations;
    this.names = names;
  }

  /**
   * The gate of this machine.
   *
   * @param allowed what is open although it is not public
   */
  public static Gateway allowing(List<Range> allowed) {
    return new Gateway(
        new Destinations(allowed, OwnNetworks::now),
        new Lookups(InetAddress::getAllByName, TO_CONNECT));
  }

  @Override
  public Http http(Optional<String> certificates) {
    return new OnceHttp(destinations, names, Trust.of(certificates));
  }

  @Override
  public SocketChannel connect(String host, int port) throws IOException {
    String authority = host + ":" + port;
    IOException failure = new IOException("the name leads nowhere");
    try {
      for (InetAddress ip : names.addresses(host)) {
        try {
          return connected(new InetSocketAddress(ip, port));
        } catch (IOException e) {
          failure = e;
        }
      }
    } catch (IOException e) {
      failure = e;
    }
    throw notSent(authority, failure);
  }

  private SocketChannel connected(InetSocketAddress address) throws IOException {
    if (!destinations.permit(address)) throw new NotPermittedException(address);
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(address, (int) TO_CONNECT.toMillis());
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The one place where it is said why, and only to those who run the broker. */
  static NoAnswerException notSent(String authority, IOException why) {
    LOG.info("No connection to {}: {}", authority, why.toString());
    return NoAnswerException.notSent(authority, why);
  }
}

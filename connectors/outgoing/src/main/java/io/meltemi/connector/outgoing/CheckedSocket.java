package io.meltemi.connector.outgoing;

import io.meltemi.connector.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A socket that connects to nothing but what may be called, whoever asks it to, and reads no faster
 * than all of its account together may: what is no body floods as well.
 */
final class CheckedSocket extends Socket {
  private final Destinations destinations;
  private final Pace pace;

  CheckedSocket(Destinations destinations, Pace pace) {
    super(Proxy.NO_PROXY);
    this.destinations = destinations;
    this.pace = pace;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeoutMilliseconds) throws IOException {
    if (!(endpoint instanceof InetSocketAddress address) || !destinations.permit(address)) {
      throw new NotPermittedException(endpoint);
    }
    super.connect(endpoint, timeoutMilliseconds);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return pace.over(super.getInputStream());
  }
}

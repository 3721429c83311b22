package io.meltemi.connector.outgoing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/** A socket that connects to nothing but what may be called, whoever asks it to. */
final class CheckedSocket extends Socket {
  private final Destinations destinations;

  CheckedSocket(Destinations destinations) {
    super(Proxy.NO_PROXY);
    this.destinations = destinations;
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
}

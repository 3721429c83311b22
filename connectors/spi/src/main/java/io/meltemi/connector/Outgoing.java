package io.meltemi.connector;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * The only way to addresses that people or providers name: endpoints of accounts, and whatever a
 * provider's catalogue sends us on to. Judged is the address that is connected to, not the name or
 * spelling that led there. A connector opens no connection by itself.
 */
public interface Outgoing {
  /**
   * A client for one account.
   *
   * @param certificates in PEM form, the only ones that are believed; empty believes the JDK's
   * @throws IllegalArgumentException when the text holds no certificate
   */
  Http http(Optional<String> certificates);

  /**
   * A connection for what is not HTTP.
   *
   * @throws NoAnswerException when there is none
   */
  SocketChannel connect(String host, int port) throws IOException;
}

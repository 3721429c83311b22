package io.meltemi.connector.outgoing;

import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The networks that this machine stands in, as its kernel says now. */
final class OwnNetworks {
  private OwnNetworks() {}

  static List<Range> now() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(each -> each.getInterfaceAddresses().stream())
          .filter(each -> each.getNetworkPrefixLength() > 0)
          .map(each -> Range.of(each.getAddress(), each.getNetworkPrefixLength()))
          .toList();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.meltemi.connector.outgoing;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where names lead now. */
@FunctionalInterface
interface Names {
  InetAddress[] addresses(String name) throws UnknownHostException;
}

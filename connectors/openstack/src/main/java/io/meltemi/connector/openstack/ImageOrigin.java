package io.meltemi.connector.openstack;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image was captured of, and as what. Nova hands the metadata of an image on to those that
 * people take of servers made of it, and cinder to those that they make of volumes, so a token
 * alone proves nothing. Of which server an image is nova writes itself, unless the server stands on
 * a volume, and nobody hands on a name.
 *
 * @param server nova's id
 */
record ImageOrigin(String server, String name) {
  private static final String SERVER = "meltemi-server";
  private static final String NAME = "meltemi-name";
  private static final String NOVAS = "instance_uuid";

  /** Metadata for the capture: these and others. */
  Map<String, String> on(Map<String, String> others) {
    Map<String, String> metadata = new HashMap<>(others);
    metadata.put(SERVER, server);
    metadata.put(NOVAS, server);
    metadata.put(NAME, name);
    return metadata;
  }

  /** True when the image is the one that was asked for, as far as its metadata tell. */
  static boolean proven(@Nullable String name, Map<String, String> metadata) {
    String server = metadata.get(SERVER);
    return server != null
        && server.equals(metadata.get(NOVAS))
        && name != null
        && name.equals(metadata.get(NAME));
  }
}

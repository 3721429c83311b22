package io.meltemi.connector;

import java.util.List;
import java.util.Optional;

/**
 * Where exactly a machine is to be created: an offer in the provider's words.
 *
 * @param location id of the location
 * @param size the provider's id of the size; empty where sizes are free
 * @param image the provider's id of the image
 * @param networks the provider's ids of the networks of the machine's cards, the first one first;
 *     empty leaves them to the provider
 */
public record Spot(String location, Optional<String> size, String image, List<String> networks) {
  public Spot {
    networks = List.copyOf(networks);
  }

  /** In whatever network. */
  public Spot(String location, Optional<String> size, String image) {
    this(location, size, image, List.of());
  }
}

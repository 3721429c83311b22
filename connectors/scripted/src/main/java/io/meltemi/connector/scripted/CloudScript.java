package io.meltemi.connector.scripted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import io.meltemi.pivot.NetworkAmount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a scripted cloud is, as its file (YAML or JSON) tells; docs/connectors/scripted.md lists the
 * words. An unknown word is refused.
 *
 * @param password who does not give it is refused; empty lets everybody in
 * @param quota what the account may use in all
 * @param delays time from a word of {@link Change#call} or of an action in lower case to its end; a
 *     word that is missing takes no time
 * @param strangers machines in the account which are not ours
 * @param mishaps what goes wrong, in this order
 * @param silent true when the cloud sends no news of changes
 * @param volumeTypes what a volume can be; {@code freeKilobytes} is what all volumes of the type
 *     may use, which then take of no place's capacity
 * @param networks what a machine's cards can be in where places have the ability NETWORK_CHOICE;
 *     without choice a machine is in one called {@code default}
 * @param floating what can be lent to machines at places with the ability FLOATING_ADDRESS; none
 *     when not told
 * @param networkQuota how many networks may be made, and how many cards machines may have
 */
public record CloudScript(
    String name,
    Optional<String> password,
    List<Place> places,
    List<Inventory.Size> sizes,
    List<Inventory.Image> images,
    Optional<Limit> quota,
    Map<String, Duration> delays,
    List<Stranger> strangers,
    List<Mishap> mishaps,
    boolean silent,
    List<Inventory.VolumeType> volumeTypes,
    List<Inventory.Network> networks,
    Optional<Floating> floating,
    Optional<NetworkLimit> networkQuota) {

  public CloudScript {
    places = List.copyOf(places);
    sizes = List.copyOf(sizes);
    images = List.copyOf(images);
    delays = Map.copyOf(delays);
    strangers = List.copyOf(strangers);
    mishaps = List.copyOf(mishaps);
    volumeTypes = List.copyOf(volumeTypes);
    networks = List.copyOf(networks);
  }

  /**
   * @param capacity what all machines there may use
   */
  public record Place(
      Location location,
      Optional<Limit> capacity,
      Set<Capability> abilities,
      Optional<String> cpuArchitecture) {
    public Place {
      abilities = Set.copyOf(abilities);
    }
  }

  /** An amount of which every part may be missing, which means no limit. */
  public record Limit(
      OptionalLong machines,
      OptionalLong cpu,
      OptionalLong memoryKibibytes,
      OptionalLong diskKilobytes,
      OptionalLong volumes) {

    public Amount amount() {
      return new Amount(
          machines.orElse(Long.MAX_VALUE),
          cpu.orElse(Long.MAX_VALUE),
          memoryKibibytes.orElse(Long.MAX_VALUE),
          diskKilobytes.orElse(Long.MAX_VALUE),
          volumes.orElse(Long.MAX_VALUE));
    }
  }

  /**
   * @param addresses that can be lent, each to one machine
   * @param quota how many the account may have at once; no limit when not told
   */
  public record Floating(List<String> addresses, OptionalInt quota) {
    public Floating {
      addresses = List.copyOf(addresses);
    }
  }

  /** How many the account may have; no limit of what is not told. */
  public record NetworkLimit(OptionalLong networks, OptionalLong ports) {
    static final NetworkLimit NONE = new NetworkLimit(OptionalLong.empty(), OptionalLong.empty());
  }

  /** A machine of somebody else, there from the start. */
  public record Stranger(String name, String place, String size, String image) {}

  /**
   * Reads a script.
   *
   * @throws IllegalArgumentException that names the word which is wrong and about where it is
   */
  public static CloudScript parse(String text) {
    try {
      return Texts.YAML.readValue(text, CloudScript.class);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new IllegalArgumentException("not a scripted cloud, near line " + line + why(e));
    }
  }

  /** The file may be any that the broker can read: of what stands there only a word is told. */
  private static String why(JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping)) return "";
    String at =
        mapping.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."));
    boolean unknown = e instanceof UnrecognizedPropertyException;
    if (!at.matches("[A-Za-z.]{1,80}")) return "";
    return unknown ? ": " + at + " is not known" : ": the value of " + at + " does not fit";
  }

  /**
   * Reads the script in a file.
   *
   * @throws IllegalArgumentException when the file cannot be read or is no script
   */
  public static CloudScript read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the scripted cloud " + file, e);
    }
  }

  static Amount amount(Optional<Limit> limit) {
    return limit.map(Limit::amount).orElse(Amount.UNLIMITED);
  }

  /** What the account may have of networks in all. */
  NetworkAmount networkLimit() {
    NetworkLimit limit = networkQuota.orElse(NetworkLimit.NONE);
    OptionalInt addresses = floating.map(Floating::quota).orElse(OptionalInt.empty());
    return new NetworkAmount(
        limit.networks().orElse(Long.MAX_VALUE),
        Long.MAX_VALUE,
        limit.ports().orElse(Long.MAX_VALUE),
        addresses.isPresent() ? addresses.getAsInt() : Long.MAX_VALUE);
  }

  Optional<Place> place(String id) {
    return places.stream().filter(place -> place.location().id().equals(id)).findFirst();
  }

  Optional<Inventory.Network> network(String id) {
    return networks.stream().filter(network -> network.id().equals(id)).findFirst();
  }

  Duration delay(String word) {
    return delays.getOrDefault(word, Duration.ZERO);
  }
}

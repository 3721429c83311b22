package io.meltemi.connector.kit;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * A provider set up for trying its connector. The optional parts are powers over the provider;
 * behaviours that need one which is missing are reported as not tried, never as kept.
 */
public interface Rig extends AutoCloseable {
  /** A new connector to the account; the kit closes it. */
  Connector open();

  /** A place, size and image where machines can be made. */
  Spot spot();

  /** Further spots, those with fewer abilities above all. */
  default List<Spot> otherSpots() {
    return List.of();
  }

  /** The smallest machine which fits the spots. */
  MachineOrder order(String name);

  /** Where volumes are made, that machines at {@link #spot} can be given. */
  default VolumeSpot volumeSpot() {
    return new VolumeSpot(spot().location(), Optional.empty(), Optional.empty());
  }

  /** The smallest volume which fits that spot. */
  default VolumeOrder volume(String name) {
    return new VolumeOrder(name, 1_000_000, Optional.empty(), Terms.NONE);
  }

  /** The longest that a change of a machine or volume takes, by the rig's clock. */
  Duration patience();

  /** How many machines may stand at once. */
  default int machinesAtOnce() {
    return 4;
  }

  /** The provider's and connector's clock, where it is moved by hand. */
  default Optional<HandClock> clock() {
    return Optional.empty();
  }

  /** The factory and settings which open the account. */
  default Optional<Opening> opening() {
    return Optional.empty();
  }

  /** How soon a watch must tell of a change; empty where the connector watches nothing. */
  default Optional<Duration> hintedWithin() {
    return Optional.empty();
  }

  default Optional<Failures> failures() {
    return Optional.empty();
  }

  default Optional<LostAnswers> losesAnswers() {
    return Optional.empty();
  }

  /** What stands between the connector and its provider. */
  default Optional<Mishaps> mishaps() {
    return Optional.empty();
  }

  /** Stops a started machine at the provider. */
  default Optional<Consumer<Handle>> stopsBehindOurBack() {
    return Optional.empty();
  }

  /** Removes a machine at the provider. */
  default Optional<Consumer<Handle>> removesBehindOurBack() {
    return Optional.empty();
  }

  /** Others write on machines at the provider. */
  default Optional<Remarks> remarks() {
    return Optional.empty();
  }

  /** A machine in the account that no broker made. */
  default Optional<Supplier<Handle>> stranger() {
    return Optional.empty();
  }

  /** The same account at the provider, opened by another broker: its account id differs. */
  default Optional<Supplier<Connector>> otherBroker() {
    return Optional.empty();
  }

  /** The user data that reached the guest, decoded. */
  default Optional<Function<Handle, String>> userDataSeen() {
    return Optional.empty();
  }

  /** The public key that reached the guest. */
  default Optional<Function<Handle, String>> keySeen() {
    return Optional.empty();
  }

  /** What a machine's disks beside its first hold at the provider, in kB; 0 when they are gone. */
  default Optional<ToLongFunction<Handle>> disksSeen() {
    return Optional.empty();
  }

  /** The provider's ids of the networks that the machine's cards are in. */
  default Optional<Function<Handle, List<String>>> networksSeen() {
    return Optional.empty();
  }

  /** The account with a password that is wrong. */
  default Optional<Supplier<Connector>> wrongCredentials() {
    return Optional.empty();
  }

  /** The account at an address where nobody listens. */
  default Optional<Supplier<Connector>> unreachable() {
    return Optional.empty();
  }

  /** Lets the account's quota be what is used now. */
  default Optional<Runnable> exhaustsQuota() {
    return Optional.empty();
  }

  /** Lets the account's quota of volumes be what is used now. */
  default Optional<Runnable> exhaustsVolumeQuota() {
    return Optional.empty();
  }

  /** Lets the account's quota of floating addresses be what is used now. */
  default Optional<Runnable> exhaustsAddressQuota() {
    return Optional.empty();
  }

  /** Lets the provider have no floating address left. */
  default Optional<Runnable> exhaustsAddresses() {
    return Optional.empty();
  }

  /** Lets the next volume be accepted and end in ERROR, and tells the provider's words for it. */
  default Optional<Supplier<String>> endsVolumeBadly() {
    return Optional.empty();
  }

  /** Lets the next restore be accepted and fail with these words. */
  default Optional<Consumer<String>> endsRestoreBadly() {
    return Optional.empty();
  }

  @Override
  default void close() {}

  /**
   * @param settings all that the factory needs
   */
  record Opening(ConnectorFactory factory, Map<String, String> settings) {}

  /** A hand at the provider that is not the broker's. */
  interface Remarks {
    /** Gives a machine an attribute for which CIMI has no word. */
    void write(Handle machine, String name, String value);
  }

  /** Which call of a connector shall go wrong. */
  enum Call {
    CREATE,
    ACT,
    CAPTURE,
    DELETE,
    CREATE_VOLUME,
    ATTACH,
    SNAPSHOT,
    SNAPSHOT_MACHINE,
    RESTORE,
    DELETE_VOLUME,
    CREATE_NETWORK,
    DELETE_NETWORK,
    LEND_ADDRESS,
    RELEASE_ADDRESS,
    LIST,
    DISCOVER
  }

  /** The provider refuses on request. */
  interface Failures {
    /** The next such call is refused with these words and changes nothing. */
    void next(Call call, Fault fault, String reason, Optional<Duration> retryAfter);

    /** The next machine is accepted and ends in ERROR with these words. */
    void endBadly(String reason);
  }

  /** The provider's answers get lost on request. */
  interface LostAnswers {
    /** The next such call is carried out after this time; its answer is lost. */
    void next(Call call, Duration carriedOutAfter);

    /** The next such call is lost before it reaches the provider; nobody can know. */
    void never(Call call);
  }

  /** Calls go wrong on request, whatever they ask for. */
  interface Mishaps {
    /** The next such call goes wrong so. */
    void next(Call call, Mishap mishap);

    /** True when whatever was asked for has come to pass. */
    boolean met();
  }
}

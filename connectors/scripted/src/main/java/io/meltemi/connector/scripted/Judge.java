package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides whether the cloud takes a machine: does all that it names exist, and does it fit? */
final class Judge {
  private final CloudScript script;
  private final World world;

  Judge(CloudScript script, World world) {
    this.script = script;
    this.world = world;
  }

  /** The shape that the machine gets; throws BAD_REQUEST, QUOTA or CAPACITY. */
  Amount admit(Change.Create asked) {
    CloudScript.Place place =
        script.place(asked.place()).orElseThrow(() -> bad("there is no place " + asked.place()));
    demand(place, Capability.FREE_SIZE, asked.size().isEmpty());
    demand(place, Capability.USER_DATA, asked.userDataBase64().isPresent());
    demand(place, Capability.LOGIN_KEY, asked.publicKey().isPresent());
    long disks = asked.wanted().diskKilobytes();
    demand(place, Capability.EXTRA_DISK, asked.size().isPresent() && disks > 0);
    boolean joins = place.abilities().contains(Capability.NETWORK_CREATE);
    demand(place, Capability.NETWORK_CHOICE, !joins && !asked.networks().isEmpty());
    asked.networks().forEach(id -> checkNetwork(id, asked.place()));
    Inventory.Size size = size(asked);
    if (size.id().isEmpty() && !size.shape().holds(asked.wanted())) {
      throw bad("one machine may have at most " + size.shape() + " there");
    }
    checkImage(asked, size.id().isPresent() ? size.shape() : asked.wanted());
    Amount shape = shape(asked, size);
    checkRoom(asked.place(), shape);
    long limit = script.networkLimit().ports();
    if (world.networkUsed().ports() + ports(asked) > limit) {
      throw new ConnectorException(Fault.QUOTA, "quota of ports is " + limit);
    }
    return shape;
  }

  /** What the machine takes of the quota of ports: its place has networks, or it names some. */
  int ports(Change.Create asked) {
    boolean choice =
        script.place(asked.place()).stream()
            .anyMatch(place -> place.abilities().contains(Capability.NETWORK_CHOICE));
    return asked.networks().isEmpty() && choice ? 1 : asked.networks().size();
  }

  /** Where sizes are fixed the order's disks stand beside the size's own. */
  static Amount shape(Change.Create asked, Inventory.Size size) {
    return size.id().isPresent()
        ? size.shape().plus(new Amount(0, 0, 0, asked.wanted().diskKilobytes()))
        : asked.wanted();
  }

  /** Throws QUOTA or CAPACITY when that much more does not fit. */
  void checkRoom(String place, Amount wanted) {
    Amount limit = world.quota();
    Amount used = world.used(Optional.empty());
    if (!limit.holds(used.plus(wanted))) {
      throw new ConnectorException(Fault.QUOTA, "quota is " + limit + ", used is " + used);
    }
    Amount capacity = CloudScript.amount(script.place(place).orElseThrow().capacity());
    if (!capacity.holds(world.used(Optional.of(place)).plus(wanted))) {
      throw new ConnectorException(Fault.CAPACITY, "no room at " + place);
    }
  }

  private void demand(CloudScript.Place place, Capability ability, boolean needed) {
    if (needed && !place.abilities().contains(ability)) {
      throw new ConnectorException(
          Fault.UNSUPPORTED, ability + " is not offered at " + place.location().id());
    }
  }

  private Inventory.Size size(Change.Create asked) {
    return script.sizes().stream()
        .filter(size -> size.id().equals(asked.size()))
        .filter(size -> size.places().isEmpty() || size.places().contains(asked.place()))
        .findFirst()
        .orElseThrow(
            () -> bad("there is no size " + asked.size().orElse("") + " at " + asked.place()));
  }

  private void checkNetwork(String id, String place) {
    boolean open =
        world
            .patchboard()
            .joined(id)
            .filter(Inventory.Network::open)
            .filter(network -> network.places().isEmpty() || network.places().contains(place))
            .isPresent();
    if (!open) throw bad("no network " + id + " can be joined at " + place);
  }

  private void checkImage(Change.Create asked, Amount shape) {
    Inventory.Image image =
        Stream.concat(script.images().stream(), world.captured())
            .filter(i -> i.id().equals(asked.image()))
            .filter(i -> i.places().isEmpty() || i.places().contains(asked.place()))
            .findFirst()
            .orElseThrow(() -> bad("there is no image " + asked.image() + " at " + asked.place()));
    boolean given = asked.size().isPresent() && shape.diskKilobytes() > 0;
    if (shape.memoryKibibytes() < image.leastMemoryKibibytes()
        || given && shape.diskKilobytes() < image.leastDiskKilobytes()) {
      throw bad("image " + image.id() + " needs a bigger machine");
    }
  }

  /** The image by its id, ready or not. */
  Inventory.Image image(String id) {
    return Stream.concat(
            script.images().stream(), world.images().stream().map(ScriptedImage::image))
        .filter(image -> image.id().equals(id))
        .findFirst()
        .orElseThrow(() -> bad("there is no image " + id));
  }

  static ConnectorException bad(String reason) {
    return new ConnectorException(Fault.BAD_REQUEST, reason);
  }
}

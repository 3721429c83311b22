package io.meltemi.pivot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How one attribute of an order is carried to a place (goal B3): as it was asked, as the next that
 * the place has, or not at all.
 *
 * @param attribute as CIMI names it, for instance {@code memory}
 * @param wanted what the order asks, with unit
 * @param given what there is, with unit; empty when it is dropped
 * @param surplus what there is beyond the wish, with unit; empty when there is none
 */
public record Mapping(
    String attribute,
    Fidelity fidelity,
    String wanted,
    Optional<String> given,
    Optional<String> surplus) {

  private static final String NAME = "name";
  private static final String SIZE = "machineConfig";

  /** What every volume is; the standard's type would be shared, and need no mount in the guest. */
  private static final String DISK = "a disk of one machine at a time";

  /** How well an attribute is carried. */
  public enum Fidelity {
    EXACT,
    APPROXIMATED,
    DROPPED
  }

  /** Every attribute of the order at that offer. */
  public static List<Mapping> of(Order order, Offer offer) {
    List<Mapping> all =
        new ArrayList<>(sizes(order.amount(), offer.taken(order), offer.ownDiskKilobytes()));
    all.addAll(words(order, offer));
    return all;
  }

  /**
   * What can be counted: it may turn out larger when the provider shows what it made.
   *
   * @param ownDiskKilobytes part of what is given that is no disk of the order's
   */
  public static List<Mapping> sizes(Amount wanted, Amount given, long ownDiskKilobytes) {
    List<Mapping> all = new ArrayList<>();
    size(all, "cpu", wanted.cpu(), given.cpu(), "CPUs");
    size(all, "memory", wanted.memoryKibibytes(), given.memoryKibibytes(), "KiB");
    String disk = wanted.volumes() > 0 ? "capacity" : "disks";
    long disks = Math.max(0, given.diskKilobytes() - ownDiskKilobytes);
    size(all, disk, wanted.diskKilobytes(), disks, "kB");
    return all;
  }

  private static void size(List<Mapping> to, String attribute, long wish, long there, String unit) {
    if (wish == 0) return;
    String wanted = wish + " " + unit;
    if (there == 0) {
      to.add(dropped(attribute, wanted));
    } else if (there == wish) {
      to.add(exact(attribute, wanted));
    } else {
      Optional<String> surplus =
          there > wish ? Optional.of(there - wish + " " + unit) : Optional.empty();
      to.add(
          new Mapping(
              attribute, Fidelity.APPROXIMATED, wanted, Optional.of(there + " " + unit), surplus));
    }
  }

  /** What cannot be counted. */
  public static List<Mapping> words(Order order, Offer offer) {
    List<Mapping> all = new ArrayList<>();
    if (!order.name().isEmpty()) all.add(exact(NAME, order.name()));
    ports(all, order, offer);
    if (order instanceof MachineOrder machine) words(all, machine, offer);
    if (order instanceof VolumeOrder volume) {
      volume.type().ifPresent(type -> all.add(approximated("type", type, DISK)));
      volume.source().ifPresent(source -> all.add(exact("volumeImage", source.imageName())));
      offer.volumeType().ifPresent(type -> words(all, volume.terms(), type));
      volume.unmet().forEach((attribute, wish) -> all.add(dropped(attribute, wish)));
    }
    if (order instanceof NetworkOrder network) {
      boolean ranges = offer.abilities().contains(Capability.NETWORK_RANGE);
      network.cidr().ifPresent(range -> all.add(carried("subnet", range, ranges)));
      network.mtu().ifPresent(mtu -> all.add(dropped("mtu", mtu + " bytes")));
      network.classOfService().ifPresent(name -> all.add(dropped("classOfService", name)));
    }
    return List.copyOf(all);
  }

  /** Only machines have guests; ports that nobody names are no wish. */
  private static void ports(List<Mapping> to, Order order, Offer offer) {
    if (order.terms().ports().isEmpty()) return;
    String wanted =
        new TreeSet<>(order.terms().ports())
            .stream().map(String::valueOf).collect(Collectors.joining(", "));
    boolean opened =
        order instanceof MachineOrder && offer.abilities().contains(Capability.GUEST_PORTS);
    to.add(carried("ports", wanted, opened));
  }

  /** The same where the provider calls the thing so: it may have cut the name. */
  public Mapping called(String name) {
    return attribute.equals(NAME) && !wanted.equals(name) ? approximated(NAME, wanted, name) : this;
  }

  /** Which of its sizes the provider gives for the wish; what is beyond it the amounts tell. */
  private static Mapping size(MachineOrder order, Offer offer, String name) {
    boolean asked =
        offer.shape().cpu() == order.cpu()
            && offer.shape().memoryKibibytes() == order.memoryKibibytes();
    return new Mapping(
        SIZE,
        asked ? Fidelity.EXACT : Fidelity.APPROXIMATED,
        order.cpu() + " CPUs, " + order.memoryKibibytes() + " KiB",
        Optional.of(name),
        Optional.empty());
  }

  /** True when this tells the size by its provider's name. */
  public boolean namesSize() {
    return attribute.equals(SIZE);
  }

  private static void words(List<Mapping> to, MachineOrder order, Offer offer) {
    offer.fixedSize().ifPresent(name -> to.add(size(order, offer, name)));
    order
        .cpuArchitecture()
        .ifPresent(name -> to.add(carried("cpuArch", name, offer.cpuArchitecture().isPresent())));
    order.cpuSpeedMegahertz().ifPresent(speed -> to.add(dropped("cpuSpeed", speed + " MHz")));
    to.add(carried("image", order.imageName(), offer.images().containsKey(order.image())));
    order.userDataBase64().ifPresent(data -> to.add(able("userData", offer, Capability.USER_DATA)));
    order.login().ifPresent(login -> words(to, login, offer));
    to.add(exact("initialState", order.initialState().name()));
    order.mounts().forEach(mount -> words(to, mount));
    order
        .nics()
        .forEach(nic ->
            to.add(carried("network", nic.name(), offer.networks().containsKey(nic.network()))));
    if (order.floatingAddress()) {
      boolean lent = offer.abilities().contains(Capability.FLOATING_ADDRESS);
      to.add(carried("floatingAddress", "true", lent));
    }
    order.unmet().forEach((attribute, wish) -> to.add(dropped(attribute, wish)));
  }

  /** Where a volume shows is the place's affair; each new one tells of the rest by itself. */
  private static void words(List<Mapping> to, Mount mount) {
    if (mount instanceof Mount.Existing there) to.add(exact("volumes", there.name()));
    if (mount instanceof Mount.Fresh fresh) to.add(exact("volumeTemplates", fresh.order().name()));
    mount.at().ifPresent(where -> to.add(dropped("initialLocation", where)));
  }

  /** What was chosen among types; match-making takes no other. */
  private static void words(List<Mapping> to, Terms terms, Offer.VolumeType type) {
    if (terms.volumeTypes().isEmpty()) return;
    String wanted = String.join(", ", new TreeSet<>(terms.volumeTypes()));
    Optional<String> given = Optional.of(type.name());
    to.add(new Mapping("volumeTypes", Fidelity.EXACT, wanted, given, Optional.empty()));
  }

  /** Names and passwords are for whoever logs in; no place sets them. */
  private static void words(List<Mapping> to, MachineOrder.Login login, Offer offer) {
    login.publicKey().ifPresent(key -> to.add(able("publicKey", offer, Capability.LOGIN_KEY)));
    login.userName().ifPresent(name -> to.add(dropped("userName", name)));
    login.password().ifPresent(secret -> to.add(dropped("password", "given")));
  }

  private static Mapping able(String attribute, Offer offer, Capability capability) {
    return carried(attribute, "given", offer.abilities().contains(capability));
  }

  private static Mapping carried(String attribute, String wanted, boolean there) {
    return there ? exact(attribute, wanted) : dropped(attribute, wanted);
  }

  private static Mapping exact(String attribute, String wanted) {
    return new Mapping(attribute, Fidelity.EXACT, wanted, Optional.of(wanted), Optional.empty());
  }

  private static Mapping approximated(String attribute, String wanted, String given) {
    return new Mapping(
        attribute, Fidelity.APPROXIMATED, wanted, Optional.of(given), Optional.empty());
  }

  private static Mapping dropped(String attribute, String wanted) {
    return new Mapping(attribute, Fidelity.DROPPED, wanted, Optional.empty(), Optional.empty());
  }
}

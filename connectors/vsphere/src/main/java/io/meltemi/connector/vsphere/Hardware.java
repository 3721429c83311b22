package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.vsphere.vim.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Changes to the devices that a clone takes over from its template. Keys of new devices are
 * negative and only mean something within one call.
 */
final class Hardware {
  private static final int FIRST_CARD = -100;
  private static final int FIRST_DISK = -200;
  private static final int UNITS = 16;

  /** The controller's own number on its bus. */
  private static final int RESERVED = 7;

  private final List<Element> devices;

  /**
   * @param devices of the source
   */
  Hardware(List<Element> devices) {
    this.devices = devices;
  }

  /**
   * Plugs the cards in, and adds those that the template lacks.
   *
   * @param only whether the template's other cards go
   */
  List<Element> cards(List<Element> backings, boolean only) {
    List<Element> cards =
        devices.stream().filter(device -> device.child("macAddress").isPresent()).toList();
    List<Element> changes = new ArrayList<>();
    for (int i = 0; i < backings.size(); i++) {
      changes.add(
          i < cards.size()
              ? change("edit", "", plugged(cards.get(i), backings.get(i)))
              : change("add", "", added(FIRST_CARD - i, backings.get(i))));
    }
    for (int i = backings.size(); only && i < cards.size(); i++) {
      Element gone = device(List.of(cards.get(i).need("key")), cards.get(i).type());
      changes.add(change("remove", "", gone));
    }
    return changes;
  }

  /** Without the template's address: the vCenter gives each machine one of its own. */
  private static Element plugged(Element card, Element backing) {
    return device(
        Stream.concat(
                Stream.of(card.need("key"), backing, connected()),
                card.children().stream()
                    .filter(part -> Set.of("controllerKey", "unitNumber").contains(part.name())))
            .toList(),
        card.type());
  }

  private static Element added(int key, Element backing) {
    return device(
        List.of(
            Element.of("key", key), backing, connected(), Element.of("addressType", "generated")),
        "VirtualVmxnet3");
  }

  private static Element connected() {
    return Element.of(
        "connectable",
        Element.of("startConnected", true),
        Element.of("allowGuestControl", true),
        Element.of("connected", true));
  }

  /** Adds disks behind the first disk's controller. */
  List<Element> disks(List<Long> kilobytes, String datastore) {
    if (kilobytes.isEmpty()) {
      return List.of();
    }
    Element first =
        devices.stream()
            .filter(device -> device.type().equals("VirtualDisk"))
            .findFirst()
            .orElseThrow(() -> unsupported("the template has no disk to put others beside"));
    long controller = first.need("controllerKey").number();
    List<Integer> free = freeUnits(controller);
    if (free.size() < kilobytes.size()) {
      throw unsupported(
          "the template's disk controller has room for %d disks".formatted(free.size()));
    }
    List<Element> changes = new ArrayList<>();
    for (int i = 0; i < kilobytes.size(); i++) {
      Element disk = disk(FIRST_DISK - i, controller, free.get(i), kilobytes.get(i), datastore);
      changes.add(change("add", "create", disk));
    }
    return changes;
  }

  /** Leaves out the volumes that the source has, which are not part of it. */
  List<Element> withoutVolumes() {
    return devices.stream()
        .filter(device -> device.child("vDiskId").isPresent())
        .map(disk ->
            change(
                "remove",
                "",
                device(List.of(disk.need("key"), disk.need("capacityInKB")), disk.type())))
        .toList();
  }

  /** Key of a controller that can take one more disk. */
  Optional<Long> controllerWithRoom() {
    return devices.stream()
        .filter(device -> device.type().equals("VirtualDisk"))
        .map(disk -> disk.need("controllerKey").number())
        .distinct()
        .filter(controller -> !freeUnits(controller).isEmpty())
        .findFirst();
  }

  private List<Integer> freeUnits(long controller) {
    Set<Long> taken =
        devices.stream()
            .filter(device -> device.text("controllerKey").equals(Long.toString(controller)))
            .flatMap(device -> device.child("unitNumber").stream())
            .map(Element::number)
            .collect(Collectors.toSet());
    return Stream.iterate(0, unit -> unit < UNITS, unit -> unit + 1)
        .filter(unit -> unit != RESERVED && !taken.contains((long) unit))
        .toList();
  }

  private static Element disk(
      int key, long controller, int unit, long kilobytes, String datastore) {
    return device(
        List.of(
            Element.of("key", key),
            Element.of(
                    "backing",
                    Element.of("fileName", "[" + datastore + "]"),
                    Element.of("diskMode", "persistent"),
                    Element.of("thinProvisioned", true))
                .as("VirtualDiskFlatVer2BackingInfo"),
            Element.of("controllerKey", controller),
            Element.of("unitNumber", unit),
            Element.of("capacityInKB", kibibytes(kilobytes))),
        "VirtualDisk");
  }

  /** Never less than was ordered; a vCenter counts in units of 1024 bytes. */
  static long kibibytes(long kilobytes) {
    return (kilobytes * 1000 + 1023) / 1024;
  }

  private static Element device(List<Element> parts, String type) {
    return Element.of("device", parts).as(type);
  }

  private static Element change(String operation, String file, Element device) {
    return Element.of(
        "deviceChange",
        file.isEmpty()
            ? List.of(Element.of("operation", operation), device)
            : List.of(
                Element.of("operation", operation), Element.of("fileOperation", file), device));
  }

  private static ConnectorException unsupported(String words) {
    return new ConnectorException(Fault.UNSUPPORTED, words);
  }
}

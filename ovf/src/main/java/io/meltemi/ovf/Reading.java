package io.meltemi.ovf;

import io.meltemi.ovf.envelope.AnnotationSection;
import io.meltemi.ovf.envelope.Disk;
import io.meltemi.ovf.envelope.DiskSection;
import io.meltemi.ovf.envelope.Envelope;
import io.meltemi.ovf.envelope.File;
import io.meltemi.ovf.envelope.Item;
import io.meltemi.ovf.envelope.Names;
import io.meltemi.ovf.envelope.ProductSection;
import io.meltemi.ovf.envelope.VirtualHardwareSection;
import io.meltemi.ovf.envelope.VirtualSystem;
import io.meltemi.ovf.envelope.VirtualSystemCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Makes machines of an envelope. */
final class Reading {
  /** The class of product properties that are notes of ours. */
  static final String NOTES = "io.meltemi";

  /** Said elsewhere: networks at the machines that have them, texts of other languages nowhere. */
  private static final List<String> QUIET = List.of("NetworkSection", "Strings");

  private final Envelope envelope;
  private final Map<String, Disk> disks = new HashMap<>();
  private final Map<String, String> files = new HashMap<>();
  private final List<String> dropped = new ArrayList<>();

  Reading(Envelope envelope) throws OvfException {
    this.envelope = envelope;
    for (File file : envelope.files) {
      if (file.id != null && file.href != null && files.put(file.id, file.href) != null) {
        throw new OvfException("Two files have the id " + FileNames.shown(file.id) + ".");
      }
    }
    for (DiskSection section : all(envelope.parts, DiskSection.class)) {
      for (Disk disk : section.disks) {
        if (disk.diskId == null || disks.put(disk.diskId, disk) != null) {
          throw new OvfException("Every disk needs a diskId of its own.");
        }
      }
    }
  }

  List<VirtualMachine> machines() throws OvfException {
    List<VirtualMachine> machines = new ArrayList<>();
    add(envelope.parts, machines);
    if (machines.isEmpty()) throw new OvfException("The package describes no machine.");
    return machines;
  }

  /** What stands in the package beside its machines and was not taken over. */
  List<String> dropped() {
    return List.copyOf(dropped);
  }

  private static String notTaken(Element element) {
    return FileNames.shown(element.getLocalName()) + " was not taken over.";
  }

  private void add(List<Object> parts, List<VirtualMachine> machines) throws OvfException {
    for (Object part : parts) {
      switch (part) {
        case VirtualSystem system -> machines.add(machine(system));
        case VirtualSystemCollection collection -> add(collection.parts, machines);
        case Element element -> {
          checkNotNeeded(element);
          if (!QUIET.contains(element.getLocalName())) dropped.add(notTaken(element));
        }
        default -> {}
      }
    }
  }

  /** A section that we do not know may be passed over only when its writer says so. */
  private static void checkNotNeeded(Element element) throws OvfException {
    boolean standard = Names.OVF.equals(element.getNamespaceURI());
    String required = element.getAttributeNS(Names.OVF, "required");
    if (!standard && !required.equals("false") && !required.equals("0")) {
      throw new OvfException(
          "The package needs the section "
              + FileNames.shown(element.getTagName())
              + ", which is not understood here.");
    }
  }

  private VirtualMachine machine(VirtualSystem system) throws OvfException {
    String id = Optional.ofNullable(system.id).orElse("");
    if (id.isBlank()) throw new OvfException("A VirtualSystem has no id.");
    List<String> left = new ArrayList<>();
    for (Element element : all(system.sections, Element.class)) {
      checkNotNeeded(element);
      left.add(notTaken(element));
    }
    Hardware hardware = new Hardware(FileNames.shown(id), left);
    hardware.read(system);
    return new VirtualMachine(
        system.name == null || system.name.isBlank() ? id : system.name.strip(),
        all(system.sections, AnnotationSection.class).stream()
            .findFirst()
            .map(section -> section.annotation),
        hardware.cpu,
        hardware.memoryKibibytes,
        hardware.found,
        notes(system, left),
        left);
  }

  private static Map<String, String> notes(VirtualSystem system, List<String> left) {
    Map<String, String> notes = new HashMap<>();
    for (ProductSection section : all(system.sections, ProductSection.class)) {
      if (!NOTES.equals(section.owner)) {
        left.add("A ProductSection was not taken over.");
        continue;
      }
      for (ProductSection.Property property : section.properties) {
        if (property.key != null && property.value != null) {
          notes.put(property.key, property.value);
        }
      }
    }
    return notes;
  }

  private static <T> List<T> all(List<Object> parts, Class<T> type) {
    return parts.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** What one machine is made of. */
  private final class Hardware {
    private static final String CPU = "3";
    private static final String MEMORY = "4";
    private static final String NETWORK = "10";
    private static final String DISK = "17";

    /** Controllers, which each place brings as it likes. */
    private static final List<String> CONTROLLERS = List.of("5", "6", "20", "23");

    private final String machine;
    private final List<String> dropped;
    private final List<VirtualMachine.Disk> found = new ArrayList<>();
    private int cpu;
    private long memoryKibibytes;

    Hardware(String machine, List<String> dropped) {
      this.machine = machine;
      this.dropped = dropped;
    }

    /** Of several sections, which are alternatives, the first. */
    void read(VirtualSystem system) throws OvfException {
      Optional<VirtualHardwareSection> section =
          all(system.sections, VirtualHardwareSection.class).stream().findFirst();
      if (section.isEmpty()) throw new OvfException(machine + " has no VirtualHardwareSection.");
      for (Item item : section.get().items) {
        if (item.configuration == null) read(item);
      }
      if (cpu == 0 || memoryKibibytes == 0) {
        throw new OvfException(machine + " does not say how many CPUs or how much memory it has.");
      }
    }

    private void read(Item item) throws OvfException {
      String type = item.resourceType == null ? "" : item.resourceType.strip();
      switch (type) {
        case CPU -> cpu = Math.toIntExact(Math.min(1_000_000, cpus(item)));
        case MEMORY ->
            memoryKibibytes =
                Units.in(
                    1024, item.virtualQuantity, item.allocationUnits, "The memory of " + machine);
        case DISK -> found.add(disk(item));
        case NETWORK ->
            dropped.add(
                "The network "
                    + FileNames.shown(String.join(", ", item.connections))
                    + " was not taken over: the place gives one.");
        default -> {
          if (!CONTROLLERS.contains(type)) dropped.add(other(item, type));
        }
      }
    }

    private long cpus(Item item) throws OvfException {
      return Units.whole(item.virtualQuantity, "The number of CPUs of " + machine);
    }

    private static String other(Item item, String type) {
      String name = item.elementName == null ? "hardware of type " + type : item.elementName;
      return FileNames.shown(name) + " was not taken over.";
    }

    private VirtualMachine.Disk disk(Item item) throws OvfException {
      String resource = item.hostResources.stream().findFirst().orElse("");
      String id = resource.replaceFirst("^(ovf:)?/?disk/", "");
      Disk disk = disks.get(id);
      if (disk == null) {
        throw new OvfException(
            machine + " has the disk " + FileNames.shown(resource) + ", which is not described.");
      }
      return new VirtualMachine.Disk(
          Units.in(1000, disk.capacity, disk.capacityAllocationUnits, "The capacity of disk " + id),
          content(disk.fileRef));
    }

    private Optional<String> content(@Nullable String fileId) throws OvfException {
      if (fileId == null || fileId.isEmpty()) return Optional.empty();
      String file = files.get(fileId);
      if (file == null) {
        throw new OvfException("There is no file with the id " + FileNames.shown(fileId) + ".");
      }
      return Optional.of(file);
    }
  }
}

package io.meltemi.ovf;

import io.meltemi.ovf.envelope.AnnotationSection;
import io.meltemi.ovf.envelope.Disk;
import io.meltemi.ovf.envelope.DiskSection;
import io.meltemi.ovf.envelope.Document;
import io.meltemi.ovf.envelope.Envelope;
import io.meltemi.ovf.envelope.Item;
import io.meltemi.ovf.envelope.ProductSection;
import io.meltemi.ovf.envelope.VirtualHardwareSection;
import io.meltemi.ovf.envelope.VirtualSystem;
import io.meltemi.ovf.envelope.VirtualSystemCollection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes packages: an envelope and its manifest, and no disk's content. Same in, same bytes out.
 */
public final class OvfWriter {
  /** What the disks of a package are said to be; they are empty. */
  private static final String FORMAT =
      "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized";

  private static final byte[] NOTHING = new byte[512];

  private final DiskSection disks = new DiskSection();

  private OvfWriter() {}

  /**
   * Writes an archive when the name ends with {@code .ova}, else a folder.
   *
   * @param target must not exist
   * @throws OvfException when its name cannot be that of a package's file
   */
  public static void write(List<VirtualMachine> machines, Path target)
      throws IOException, OvfException {
    String file = target.getFileName().toString();
    String base = file.endsWith(".ova") ? file.substring(0, file.length() - 4) : file;
    FileNames.check(base + ".ovf");
    byte[] envelope = new Document().written(new OvfWriter().envelope(base, machines));
    String name = base + ".ovf";
    byte[] manifest = Manifest.line(name, envelope).getBytes(StandardCharsets.UTF_8);
    if (file.endsWith(".ova")) {
      try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
        add(out, name, envelope);
        add(out, base + ".mf", manifest);
        out.write(NOTHING);
        out.write(NOTHING);
      }
    } else {
      Files.createDirectory(target);
      Files.write(target.resolve(name), envelope);
      Files.write(target.resolve(base + ".mf"), manifest);
    }
  }

  private static void add(OutputStream out, String name, byte[] content) throws IOException {
    out.write(TarHeader.of(name, content.length));
    out.write(content);
    out.write(NOTHING, 0, (512 - content.length % 512) % 512);
  }

  private Envelope envelope(String name, List<VirtualMachine> machines) {
    Envelope envelope = new Envelope();
    disks.info = "The disks of all machines";
    List<VirtualSystem> systems = machines.stream().map(this::system).toList();
    if (!disks.disks.isEmpty()) envelope.parts.add(disks);
    if (systems.size() == 1) {
      envelope.parts.add(systems.getFirst());
      return envelope;
    }
    VirtualSystemCollection collection = new VirtualSystemCollection();
    collection.id = name;
    collection.info = "Machines that travel together";
    for (int i = 0; i < systems.size(); i++) systems.get(i).id = "machine-" + (i + 1);
    collection.parts.addAll(systems);
    envelope.parts.add(collection);
    return envelope;
  }

  private VirtualSystem system(VirtualMachine machine) {
    VirtualSystem system = new VirtualSystem();
    system.id = "machine-1";
    system.info = "A machine";
    system.name = machine.name();
    if (!machine.facts().isEmpty()) system.sections.add(notes(machine));
    machine.description().ifPresent(words -> system.sections.add(annotation(words)));
    system.sections.add(hardware(machine));
    return system;
  }

  private static ProductSection notes(VirtualMachine machine) {
    ProductSection section = new ProductSection();
    section.owner = Reading.NOTES;
    section.info = "What its template says beyond hardware";
    new TreeMap<>(machine.facts())
        .forEach((key, value) -> {
          ProductSection.Property property = new ProductSection.Property();
          property.key = key;
          property.type = "string";
          property.value = value;
          section.properties.add(property);
        });
    return section;
  }

  private static AnnotationSection annotation(String words) {
    AnnotationSection section = new AnnotationSection();
    section.info = "A description";
    section.annotation = words;
    return section;
  }

  private VirtualHardwareSection hardware(VirtualMachine machine) {
    VirtualHardwareSection section = new VirtualHardwareSection();
    section.info = "What the machine is made of";
    Item cpu = item(section, "3", machine.cpu() + " virtual CPUs");
    cpu.virtualQuantity = Integer.toString(machine.cpu());
    Item memory = item(section, "4", machine.memoryKibibytes() + " KiB of memory");
    memory.allocationUnits = Units.KIBIBYTES;
    memory.virtualQuantity = Long.toString(machine.memoryKibibytes());
    if (machine.disks().isEmpty()) return section;
    Item controller = item(section, "6", "SCSI controller");
    for (VirtualMachine.Disk disk : machine.disks()) {
      Item item = item(section, "17", "disk");
      item.parent = controller.instanceId;
      item.addressOnParent = Integer.toString(section.items.size() - 4);
      item.hostResources.add("ovf:/disk/" + described(disk));
    }
    return section;
  }

  private static Item item(VirtualHardwareSection section, String type, String name) {
    Item item = new Item();
    section.items.add(item);
    item.instanceId = Integer.toString(section.items.size());
    item.resourceType = type;
    item.elementName = name;
    return item;
  }

  private String described(VirtualMachine.Disk disk) {
    Disk described = new Disk();
    disks.disks.add(described);
    described.diskId = "disk-" + disks.disks.size();
    described.capacity = Long.toString(disk.capacityKilobytes());
    described.capacityAllocationUnits = Units.KILOBYTES;
    described.format = FORMAT;
    return described.diskId;
  }
}

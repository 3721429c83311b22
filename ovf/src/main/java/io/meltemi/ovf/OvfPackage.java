package io.meltemi.ovf;

import io.meltemi.ovf.envelope.Document;
import io.meltemi.ovf.envelope.DocumentException;
import io.meltemi.ovf.envelope.Envelope;
import io.meltemi.ovf.envelope.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A package that was read and holds together.
 *
 * @param machines in the order in which they stand
 * @param notes what was not judged or not taken over, one sentence each
 */
public record OvfPackage(List<VirtualMachine> machines, List<String> notes) {
  private static final String ENVELOPE = ".ovf";
  private static final String MANIFEST = ".mf";
  private static final String CERTIFICATE = ".cert";

  public OvfPackage {
    machines = List.copyOf(machines);
    notes = List.copyOf(notes);
  }

  /**
   * Reads a package. Names, sizes and the manifest are judged first; nothing is unpacked.
   *
   * @param source a folder, or an archive
   * @param mustHaveManifest whether a package without one is refused
   * @throws OvfException with one sentence, when it is not to be trusted or not understood
   */
  public static OvfPackage read(Path source, boolean mustHaveManifest, Limits limits)
      throws IOException, OvfException {
    boolean folder = Files.isDirectory(source);
    try (Contents contents =
        folder ? FolderContents.of(source, limits) : TarContents.of(source, limits)) {
      return new Opened(contents, limits).read(mustHaveManifest, folder);
    }
  }

  /** The files, while they are looked at. */
  private record Opened(Contents contents, Limits limits) {
    OvfPackage read(boolean mustHaveManifest, boolean folder) throws IOException, OvfException {
      String name = envelopeName(folder);
      Envelope envelope = envelope(name);
      Set<String> counting = new TreeSet<>(files(envelope));
      counting.add(name);
      List<String> notes = new ArrayList<>();
      String base = name.substring(0, name.length() - ENVELOPE.length());
      checkStrays(counting, base);
      checkManifest(counting, base + MANIFEST, mustHaveManifest, notes);
      if (contents.sizes().containsKey(base + CERTIFICATE)) {
        notes.add("The signature in " + base + CERTIFICATE + " was not checked.");
      }
      Reading reading = new Reading(envelope);
      List<VirtualMachine> machines = reading.machines();
      notes.addAll(reading.dropped());
      return new OvfPackage(machines, notes);
    }

    private String envelopeName(boolean folder) throws OvfException {
      List<String> names =
          contents.sizes().keySet().stream().filter(name -> name.endsWith(ENVELOPE)).toList();
      if (names.size() != 1) {
        throw new OvfException(
            "A package has one file that ends with .ovf, this one has " + names.size() + ".");
      }
      if (!folder && !contents.sizes().firstEntry().getKey().equals(names.getFirst())) {
        throw new OvfException(
            FileNames.shown(names.getFirst()) + " must stand first in the archive.");
      }
      return names.getFirst();
    }

    private Envelope envelope(String name) throws IOException, OvfException {
      try {
        return new Document().read(document(name));
      } catch (DocumentException e) {
        throw new OvfException(
            FileNames.shown(name)
                + " cannot be read: "
                + shortened(String.valueOf(e.getMessage()))
                + ".",
            e);
      }
    }

    private static String shortened(String words) {
      String line = words.lines().reduce((first, second) -> first + " " + second).orElse("");
      String quiet = line.replaceAll("\\p{Cntrl}", "?");
      return quiet.length() > 300 ? quiet.substring(0, 300) + "…" : quiet;
    }

    /** A file that must fit into memory. */
    private byte[] document(String name) throws IOException, OvfException {
      if (contents.sizes().getOrDefault(name, 0L) > limits.documentBytes()) {
        throw new OvfException(
            FileNames.shown(name) + " is longer than " + limits.documentBytes() + " bytes.");
      }
      try (InputStream in = contents.open(name)) {
        return in.readNBytes((int) limits.documentBytes());
      }
    }

    private Set<String> files(Envelope envelope) throws OvfException {
      Set<String> names = new TreeSet<>();
      for (File file : envelope.files) {
        String name = Optional.ofNullable(file.href).orElse("");
        FileNames.check(name);
        if (file.chunkSize != null) {
          throw new OvfException(
              FileNames.shown(name) + " stands in pieces (chunkSize); make it one file.");
        }
        Long size = contents.sizes().get(name);
        if (size == null) {
          throw new OvfException(
              "The file " + FileNames.shown(name) + " is missing from the package.");
        }
        if (file.size != null && !file.size.strip().equals(size.toString())) {
          throw new OvfException(
              "The envelope says that "
                  + FileNames.shown(name)
                  + " has "
                  + FileNames.shown(file.size)
                  + " bytes, it has "
                  + size
                  + ".");
        }
        names.add(name);
      }
      return names;
    }

    private void checkStrays(Set<String> counting, String base) throws OvfException {
      for (String name : contents.sizes().keySet()) {
        boolean ours = name.equals(base + MANIFEST) || name.equals(base + CERTIFICATE);
        if (!counting.contains(name) && !ours) {
          throw new OvfException(
              FileNames.shown(name)
                  + " does not belong to the package: its envelope does not name"
                  + " it.");
        }
      }
    }

    private void checkManifest(
        Set<String> counting, String name, boolean mandatory, List<String> notes)
        throws IOException, OvfException {
      if (contents.sizes().containsKey(name)) {
        Manifest.parse(document(name)).check(contents, counting);
      } else if (mandatory) {
        throw new OvfException(
            "The package has no manifest "
                + FileNames.shown(name)
                + ", so nobody can see whether it is whole.");
      } else {
        notes.add("The package has no manifest: whether it is whole was not checked.");
      }
    }
  }
}

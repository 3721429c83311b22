package io.meltemi.ovf;

import static io.meltemi.ovf.Envelopes.CONTENT;
import static io.meltemi.ovf.Envelopes.FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.ovf.VirtualMachine.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that hold together, of others and our own. */
class OvfPackageTest {
  private static final VirtualMachine SMALL =
      new VirtualMachine("small", Optional.empty(), 1, 131_072, List.of(), Map.of(), List.of());
  private static final VirtualMachine LARGE =
      new VirtualMachine(
          "large & <odd> \u00e9",
          Optional.of("two lines\nof words"),
          4,
          8_388_607,
          List.of(new Disk(1, Optional.empty()), new Disk(20_000_000, Optional.empty())),
          Map.of("template", "{\"initialState\":\"STOPPED\"}", "image", "debian"),
          List.of());

  @TempDir private Path folder;

  private static OvfPackage read(Path source) throws Exception {
    return OvfPackage.read(source, true, Limits.USUAL);
  }

  private static String manifest(String algorithm) {
    return Archive.line(algorithm, "web.ovf", FOREIGN)
        + Archive.line(algorithm, "debian.vmdk", CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1", "SHA256", "SHA512"})
  void anArchiveOfAnotherProgramIsRead(String algorithm) throws Exception {
    Path ova =
        new Archive()
            .add("web.ovf", FOREIGN)
            .add("web.mf", manifest(algorithm))
            .add("debian.vmdk", CONTENT)
            .in(folder);
    OvfPackage found = read(ova);
    assertThat(found.notes()).isEmpty();
    VirtualMachine web = found.machines().getFirst();
    assertThat(web.name()).isEqualTo("web server");
    assertThat(web.description()).contains("serves pages");
    assertThat(web.cpu()).isEqualTo(2);
    assertThat(web.memoryKibibytes()).isEqualTo(1_048_576);
    assertThat(web.disks())
        .containsExactly(
            new Disk(8_589_935, Optional.of("debian.vmdk")), new Disk(1_000_001, Optional.empty()));
    assertThat(web.facts()).isEmpty();
  }

  @Test
  void whatIsNotTakenOverIsTold() throws Exception {
    OvfPackage found = read(folderOf(manifest("SHA256")));
    assertThat(found.machines().getFirst().dropped())
        .containsExactlyInAnyOrder(
            "'OperatingSystemSection' was not taken over.",
            "'ExtraSection' was not taken over.",
            "The network 'lan' was not taken over: the place gives one.");
  }

  @Test
  void aPackageWithoutManifestIsReadWhenAskedAndToldToBeUnchecked() throws Exception {
    Path source = folderOf("");
    OvfPackage found = OvfPackage.read(source, false, Limits.USUAL);
    assertThat(found.notes()).singleElement().asString().contains("no manifest");
  }

  private Path folderOf(String manifest) throws IOException {
    Path source = Files.createDirectory(folder.resolve("web"));
    Files.writeString(source.resolve("web.ovf"), FOREIGN);
    Files.writeString(source.resolve("debian.vmdk"), CONTENT);
    if (!manifest.isEmpty()) Files.writeString(source.resolve("web.mf"), manifest);
    return source;
  }

  @ParameterizedTest
  @ValueSource(strings = {"trip.ova", "trip"})
  void whatIsWrittenIsReadAgainAsItWas(String name) throws Exception {
    Path target = folder.resolve(name);
    OvfWriter.write(List.of(SMALL, LARGE), target);
    assertThat(read(target)).isEqualTo(new OvfPackage(List.of(SMALL, LARGE), List.of()));
  }

  @Test
  void oneMachineStandsAlone() throws Exception {
    OvfWriter.write(List.of(LARGE), folder.resolve("one"));
    assertThat(read(folder.resolve("one")).machines()).containsExactly(LARGE);
    assertThat(folder.resolve("one/one.ovf")).content().doesNotContain("VirtualSystemCollection");
  }

  @Test
  void aNameThatWouldNotBeReadAgainIsNotWritten() {
    for (String name : List.of(".ova", "\u00e9".repeat(60) + ".ova")) {
      assertThatThrownBy(() -> OvfWriter.write(List.of(SMALL), folder.resolve(name)))
          .isInstanceOf(OvfException.class);
      assertThat(folder.resolve(name)).doesNotExist();
    }
  }

  @Test
  void theSameMachinesGiveTheSameBytes() throws Exception {
    OvfWriter.write(List.of(SMALL, LARGE), folder.resolve("a.ova"));
    Files.move(folder.resolve("a.ova"), folder.resolve("first"));
    OvfWriter.write(List.of(SMALL, LARGE), folder.resolve("a.ova"));
    assertThat(folder.resolve("a.ova")).hasSameBinaryContentAs(folder.resolve("first"));
  }
}

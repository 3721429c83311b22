package io.meltemi.ovf;

import static io.meltemi.ovf.Envelopes.CONTENT;
import static io.meltemi.ovf.Envelopes.FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that are refused, each with a sentence; none leaves a file behind. */
class HostilePackageTest {
  private static final String MANIFEST =
      Archive.line("SHA256", "web.ovf", FOREIGN) + Archive.line("SHA256", "debian.vmdk", CONTENT);

  @TempDir private Path folder;

  private void refused(Archive archive, String words) throws IOException {
    refused(archive.in(folder), Limits.USUAL, words);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(1);
    }
  }

  private static void refused(Path source, Limits limits, String words) {
    assertThatThrownBy(() -> OvfPackage.read(source, true, limits))
        .isInstanceOf(OvfException.class)
        .hasMessageContaining(words);
  }

  private static Archive whole() {
    return new Archive()
        .add("web.ovf", FOREIGN)
        .add("web.mf", MANIFEST)
        .add("debian.vmdk", CONTENT);
  }

  private static Archive with(String envelope) {
    return new Archive()
        .add("web.ovf", envelope)
        .add(
            "web.mf",
            Archive.line("SHA256", "web.ovf", envelope)
                + Archive.line("SHA256", "debian.vmdk", CONTENT))
        .add("debian.vmdk", CONTENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../escape",
        "/etc/passwd",
        "a/b",
        "..",
        "back\\slash",
        "C:disk",
        ".hidden",
        "tab\tbed",
        ""
      })
  void aNameThatLeadsAway(String name) throws IOException {
    refused(whole().add(name, "x"), "is not allowed");
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '5', '6', 'x', 'g', 'L', 'S'})
  void whatIsNoPlainFile(char kind) throws IOException {
    refused(whole().add("link", kind, 0, ""), "is no plain file");
  }

  @Test
  void aLinkInAFolder() throws IOException {
    Path source = Files.createDirectory(folder.resolve("web"));
    Files.writeString(source.resolve("web.ovf"), FOREIGN);
    Files.writeString(source.resolve("web.mf"), MANIFEST);
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), CONTENT);
    Files.createSymbolicLink(source.resolve("debian.vmdk"), elsewhere);
    refused(source, Limits.USUAL, "no links");
  }

  @Test
  void aFileThatSaysItIsLongerThanTheArchive() throws IOException {
    refused(whole().add("huge", '0', 1L << 32, "x"), "ends within");
  }

  @Test
  void twoFilesOfOneName() throws IOException {
    refused(whole().add("debian.vmdk", CONTENT), "two files");
  }

  @Test
  void aFileThatTheEnvelopeDoesNotName() throws IOException {
    refused(whole().add("stray", "x"), "does not belong");
  }

  @Test
  void whatIsNoArchive() throws IOException {
    Path source = Files.writeString(folder.resolve("x.ova"), "PK".repeat(1000));
    refused(source, Limits.USUAL, "no tar archive");
    Files.write(source, Arrays.copyOf(whole().bytes(), 512 * 3));
    refused(source, Limits.USUAL, "fetch it anew");
    Files.writeString(source, "");
    refused(source, Limits.USUAL, "no end");
  }

  @Test
  void anEnvelopeThatDoesNotStandFirst() throws IOException {
    refused(new Archive().add("debian.vmdk", CONTENT).add("web.ovf", FOREIGN), "must stand first");
  }

  @Test
  void noEnvelopeOrTwo() throws IOException {
    refused(new Archive().add("web.mf", MANIFEST), "this one has 0");
    refused(whole().add("other.ovf", FOREIGN), "this one has 2");
  }

  @Test
  void aFileThatIsMissing() throws IOException {
    refused(new Archive().add("web.ovf", FOREIGN).add("web.mf", MANIFEST), "is missing");
  }

  @Test
  void anAddressElsewhere() throws IOException {
    for (String href : List.of("http://10.0.0.1/disk", "file:///etc/passwd", "../up.vmdk")) {
      refused(with(FOREIGN.replace("\"debian.vmdk\"", "\"" + href + "\"")), "is not allowed");
    }
  }

  @Test
  void aSizeThatIsWrong() throws IOException {
    refused(with(FOREIGN.replace("size=\"9\"", "size=\"10\"")), "it has 9");
  }

  @Test
  void aFileInPieces() throws IOException {
    refused(with(FOREIGN.replace("size=\"9\"", "chunkSize=\"4\"")), "in pieces");
  }

  @Test
  void aManifestThatIsMissing() throws IOException {
    refused(new Archive().add("web.ovf", FOREIGN).add("debian.vmdk", CONTENT), "has no manifest");
  }

  @Test
  void aDigestThatDoesNotHold() throws IOException {
    refused(
        new Archive()
            .add("web.ovf", FOREIGN)
            .add("web.mf", MANIFEST)
            .add("debian.vmdk", "the DISK\n"),
        "'debian.vmdk' is not what the manifest lists");
    String changed = FOREIGN.replace(">2<", ">9<");
    refused(
        new Archive().add("web.ovf", changed).add("web.mf", MANIFEST).add("debian.vmdk", CONTENT),
        "'web.ovf' is not what the manifest lists");
  }

  @Test
  void aManifestThatListsTooLittleTooMuchOrNonsense() throws IOException {
    String envelope = Archive.line("SHA256", "web.ovf", FOREIGN);
    refused(manifest(envelope), "does not list 'debian.vmdk'");
    refused(manifest(MANIFEST + Archive.line("SHA256", "gone", "")), "missing from the package");
    refused(manifest(MANIFEST + envelope), "twice");
    refused(manifest(MANIFEST + "MD5(web.ovf)= 00\n"), "is none of");
  }

  private static Archive manifest(String text) {
    return new Archive().add("web.ovf", FOREIGN).add("web.mf", text).add("debian.vmdk", CONTENT);
  }

  @Test
  void aDocumentType() throws IOException {
    String start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    for (String type :
        List.of(
            "<!DOCTYPE Envelope SYSTEM \"http://10.0.0.1/x.dtd\">",
            "<!DOCTYPE Envelope [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE Envelope [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>")) {
      refused(with(FOREIGN.replace(start, start + type)), "a document type is not allowed");
    }
  }

  @Test
  void anEnvelopeThatIsTooDeepOrTooLong() throws IOException {
    String deep = "<Deep>".repeat(40) + "</Deep>".repeat(40);
    refused(with(FOREIGN.replace("<AnnotationSection>", deep + "<AnnotationSection>")), "deeper");
    String many = "<Many/>".repeat(20_001);
    refused(
        with(FOREIGN.replace("<AnnotationSection>", many + "<AnnotationSection>")), "more than");
  }

  @Test
  void anEnvelopeOfAnotherKind() throws IOException {
    refused(with("<Envelope/>"), "cannot be read");
    refused(with(FOREIGN.replace("ovf/envelope/1", "ovf/envelope/2")), "cannot be read");
    refused(with(FOREIGN.replace("</Envelope>", "")), "cannot be read");
  }

  @Test
  void moreThanTheLimits() throws IOException {
    Path source = whole().in(folder);
    refused(source, new Limits(2, 1 << 20, 1 << 20), "more than 2 files");
    refused(source, new Limits(9, 100, 1 << 20), "longer than 100 bytes");
    refused(source, new Limits(9, 1 << 20, 100), "more than 100 bytes");
  }

  @Test
  void hardwareThatMakesNoSense() throws IOException {
    refused(with(FOREIGN.replace(">2<", ">-2<")), "The number of CPUs of 'web'");
    refused(with(FOREIGN.replace(">1024<", ">999999999999999999<")), "The memory of 'web'");
    refused(with(FOREIGN.replace("MegaBytes", "furlongs")), "no unit of bytes");
    refused(with(FOREIGN.replace("capacity=\"8\"", "capacity=\"${size}\"")), "disk boot");
    refused(with(FOREIGN.replace("ovf:/disk/boot", "ovf:/disk/other")), "is not described");
    refused(with(FOREIGN.replace("fileRef=\"file1\"", "fileRef=\"file2\"")), "no file with the id");
    refused(with(FOREIGN.replace("diskId=\"data\"", "diskId=\"boot\"")), "diskId of its own");
  }

  @Test
  void aSectionThatTheMakerNeeds() throws IOException {
    refused(with(FOREIGN.replace("required=\"false\"", "required=\"true\"")), "ExtraSection");
    refused(with(FOREIGN.replace(" ovf:required=\"false\"", "")), "ExtraSection");
  }
}

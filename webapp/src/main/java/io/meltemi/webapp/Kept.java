package io.meltemi.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** What a broker without rights leaves for the root process that keeps it. */
final class Kept {
  static final String INVITATION = "invitation.json";

  private Kept() {}

  /**
   * How the agent dials in.
   *
   * @param token join token; empty when no agent is wanted
   */
  record Invitation(String url, Optional<String> token) {}

  static void write(Path folder, Invitation invitation) throws IOException {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("url", invitation.url());
    invitation.token().ifPresent(token -> node.put("token", token));
    Path fresh =
        Files.createTempFile(
            folder,
            "invitation",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, node.toString());
    Files.move(fresh, folder.resolve(INVITATION), StandardCopyOption.ATOMIC_MOVE);
  }

  static Invitation read(Path file) throws IOException {
    JsonNode node = new ObjectMapper().readTree(file.toFile());
    return new Invitation(
        node.path("url").asText(), Optional.ofNullable(node.path("token").textValue()));
  }
}

package io.meltemi.webapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The agent of the node on this machine, in a process of its own; it dials in like any other. */
final class NodeProcess {
  static final String MAIN = "io.meltemi.connector.node.agent.NodeAgent";

  /** Among the keys: the certificate that the broker shows, which the agent must be told of. */
  static final String CERTIFICATE = "tls.pem";

  private NodeProcess() {}

  /**
   * @param classPath of the node connector
   * @param token join token, for an agent that has not joined yet
   */
  static ChildProcess start(String classPath, Path data, String url, String token)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--broker", url));
    arguments.addAll(List.of("--data", data.toString(), "--end-with-parent"));
    Path certificate = data.resolve("keys").resolve(CERTIFICATE);
    if (Files.exists(certificate)) {
      arguments.addAll(List.of("--certificate", certificate.toString()));
    }
    return new ChildProcess(
        new ChildProcess.Program(
            "node agent",
            classPath,
            MAIN,
            arguments,
            Map.of("MELTEMI_NODE_TOKEN", token),
            data.resolve("node").resolve("node.log"))); // root's, where nobody else can lay a link
  }
}

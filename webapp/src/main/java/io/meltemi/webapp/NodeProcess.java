package io.meltemi.webapp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The agent of the node on this machine, in a process of its own; it dials in like any other. */
final class NodeProcess {
  static final String MAIN = "io.meltemi.connector.node.agent.NodeAgent";

  private NodeProcess() {}

  /**
   * @param classPath of the node connector
   * @param token join token, for an agent that has not joined yet
   */
  static ChildProcess start(String classPath, Path data, Path logs, String url, String token)
      throws IOException {
    return new ChildProcess(
        new ChildProcess.Program(
            "node agent",
            classPath,
            MAIN,
            List.of("--broker", url, "--data", data.toString(), "--end-with-parent"),
            Map.of("MELTEMI_NODE_TOKEN", token),
            logs.resolve("node.log")));
  }
}

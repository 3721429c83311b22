package io.meltemi.connector.vsphere.vim;

import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import java.util.Optional;

/** How tasks are read. */
final class Tasks {
  private Tasks() {}

  static Walk walk(Ref task) {
    return Walk.from(task).note("Task", "info.state", "info.error");
  }

  static Progress progress(Facts task) {
    return switch (task.text("info.state")) {
      case "success" -> new Progress(true, Optional.empty());
      case "error" -> new Progress(true, Optional.of(error(task)));
      default -> new Progress(false, Optional.empty());
    };
  }

  private static VimFault error(Facts task) {
    return task.get("info.error")
        .map(VimFault::ofTask)
        .orElseGet(() -> new VimFault("", "the task failed and says no more"));
  }
}

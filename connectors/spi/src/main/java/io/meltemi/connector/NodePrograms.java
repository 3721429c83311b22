package io.meltemi.connector;

import java.util.List;

/**
 * The programs that a node needs for real kernels. Found by {@link java.util.ServiceLoader}; asked
 * by whoever starts a node as root.
 */
public interface NodePrograms {
  /** Packages that must be installed; empty when nothing is missing. */
  List<String> missing();

  /** True where they can be installed. */
  boolean possible();

  /** The one line that installs them by hand. */
  String advice();

  /**
   * Installs what is missing; may take minutes.
   *
   * @throws RuntimeException with the installer's words
   */
  void install();
}

package io.meltemi.connector.scripted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The clouds that show what the broker does before there is a real one. */
public final class Demo {
  /** Names of the clouds. */
  public static final List<String> NAMES = List.of("aurora", "meridian", "pampero");

  private Demo() {}

  /** The script of a demo cloud. */
  public static CloudScript script(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("there is no demo cloud " + name + ", only " + NAMES);
    }
    try (InputStream file = Demo.class.getResourceAsStream("demo-" + name + ".yaml")) {
      if (file == null) {
        throw new IllegalStateException("the file of the demo cloud " + name + " is missing");
      }
      return CloudScript.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

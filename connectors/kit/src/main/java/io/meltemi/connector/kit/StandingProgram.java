package io.meltemi.connector.kit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A provider's own command line in a process that stays, for one whose start takes longer than what
 * it is asked for. The process reads a line for each command, its arguments with a NUL between two,
 * and answers with a line of exit code and number of bytes, and these bytes. As many stand as are
 * asked at once; they end with this one's input, which is to say with us.
 */
public final class StandingProgram {
  private final Map<String, String> environment;
  private final List<String> command;
  private final ConcurrentLinkedDeque<Standing> idle = new ConcurrentLinkedDeque<>();

  private record Standing(OutputStream asked, InputStream answers) {}

  /**
   * @param environment what it gets beside our own
   */
  public StandingProgram(Map<String, String> environment, String... command) {
    this.environment = environment;
    this.command = List.of(command);
  }

  /** What a command wrote, without space around it, or an exception when it failed. */
  public String run(List<String> arguments) {
    String line = String.join("\0", arguments);
    if (line.contains("\n")) throw new IllegalArgumentException("a line break in " + arguments);
    try {
      Standing program = Optional.ofNullable(idle.pollFirst()).orElseGet(this::start);
      program.asked().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      program.asked().flush();
      String[] head = line(program.answers(), arguments).split(" ", 2);
      byte[] wrote = program.answers().readNBytes(Integer.parseInt(head[1]));
      idle.addFirst(program);
      String output = new String(wrote, StandardCharsets.UTF_8).strip();
      if (!head[0].equals("0")) throw new IllegalStateException(arguments + " failed: " + output);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Standing start() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      return new Standing(
          process.getOutputStream(), new BufferedInputStream(process.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(InputStream in, List<String> arguments) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) throw new IllegalStateException(arguments + ": the program has ended");
      line.write(next);
    }
    return line.toString(StandardCharsets.US_ASCII);
  }
}

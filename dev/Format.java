import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Checks ({@code check}) or applies ({@code apply}) the one format of the whole tree. Files found
 * in order are remembered by size and time under target/, so that the next run looks at changed
 * files only. Run by the build; by hand: dev/format.
 */
final class Format {
  private static final Path MEMORY = Path.of("target", "formatted");

  public static void main(String[] arguments) throws IOException {
    boolean apply = arguments[0].equals("apply");
    Set<String> known = Files.exists(MEMORY) ? new HashSet<>(Files.readAllLines(MEMORY)) : Set.of();
    Set<String> good = new TreeSet<>();
    List<String> bad = new ArrayList<>();
    for (Path file : sources()) {
      if (known.contains(mark(file)) || inOrder(file, apply, bad)) good.add(mark(file));
    }
    Files.createDirectories(MEMORY.getParent());
    Files.write(MEMORY, good);
    if (bad.isEmpty()) return;
    bad.forEach(System.err::println);
    System.err.println(bad.size() + " file(s) not formatted: run dev/format");
    System.exit(1);
  }

  private static boolean inOrder(Path file, boolean apply, List<String> bad) throws IOException {
    String before = Files.readString(file);
    try {
      String after = formatted(before);
      if (after.equals(before)) return true;
      if (apply) {
        Files.write(file, after.getBytes(StandardCharsets.UTF_8));
        System.out.println("formatted " + file);
        return true;
      }
      bad.add("not formatted: " + file);
    } catch (FormatterException e) {
      bad.add("not readable: " + file + ": " + e.getMessage());
    }
    return false;
  }

  /** A text that was too long may need a second look after it was broken. */
  private static String formatted(String source) throws FormatterException {
    String once = new Formatter().formatSourceAndFixImports(source);
    return once.equals(source) ? once : formatted(once);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files =
        Files.find(Path.of("."), 30, (path, is) -> is.isRegularFile() && isSource(path))) {
      return files.map(Path::normalize).sorted().toList();
    }
  }

  private static boolean isSource(Path path) {
    String name = path.toString();
    return name.endsWith(".java")
        && (name.contains("/src/") || name.startsWith("./dev/"))
        && !name.contains("/target/")
        && !name.contains("/node_modules/");
  }

  private static String mark(Path file) throws IOException {
    return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
  }
}

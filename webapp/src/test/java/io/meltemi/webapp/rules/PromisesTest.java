package io.meltemi.webapp.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What a connector and the broker promise each other stays small, and is said. */
class PromisesTest {
  private static final int MOST_METHODS = 10;

  @Test
  void everyInterfaceForConnectorsIsSmallAndEveryMethodTellsItsPromise() throws IOException {
    Map<String, List<Method>> interfaces = interfaces();
    assertThat(interfaces).containsKeys("Connector", "Machines", "Volumes", "NodeRecords");
    assertThat(interfaces)
        .allSatisfy((name, methods) -> {
          assertThat(methods).as(name).hasSizeLessThanOrEqualTo(MOST_METHODS);
          assertThat(methods).as(name).allMatch(Method::promised);
        });
  }

  /**
   * @param promised whether it has a comment of its own for readers
   */
  private record Method(String name, boolean promised) {}

  private static Map<String, List<Method>> interfaces() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, List<Method>> found = new TreeMap<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(Room.SPI.sources()));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree file : task.parse()) new Reader(docs, found).scan(file, null);
    }
    return found;
  }

  /** Finds interfaces, nested ones too, and their methods. */
  private static final class Reader extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final Map<String, List<Method>> found;

    Reader(DocTrees docs, Map<String, List<Method>> found) {
      this.docs = docs;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (type.getKind() == Tree.Kind.INTERFACE) {
        List<Method> methods =
            type.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(each -> method((MethodTree) each))
                .toList();
        found.put(type.getSimpleName().toString(), methods);
      }
      return super.visitClass(type, nothing);
    }

    private Method method(MethodTree method) {
      String said = docs.getDocComment(new TreePath(getCurrentPath(), method));
      return new Method(method.getName().toString(), said != null && !said.isBlank());
    }
  }
}

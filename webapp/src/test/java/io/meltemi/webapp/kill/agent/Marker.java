package io.meltemi.webapp.kill.agent;

import io.meltemi.webapp.kill.agent.Marks.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.reflect.AccessFlag;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes calls of {@link Points} into marked methods when their classes are loaded. */
final class Marker implements ClassFileTransformer {
  private static final ClassDesc POINTS = ClassDesc.of("io.meltemi.webapp.kill.agent.Points");
  private static final MethodTypeDesc CALL =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
  private static final Pattern OURS =
      Pattern.compile(
          "io/meltemi/(broker/(account|door|job|store)|connector/node/(agent|host)|webapp/(http|web))/.*");
  private static final String AGENT = "io/meltemi/connector/node/agent/";
  private static final String STORE = "io/meltemi/broker/store/";

  private final Orders orders;

  Marker(Orders orders) {
    this.orders = orders;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> before,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader == null || name == null || !OURS.matcher(name).matches()) return null;
    try {
      return marked(loader, name, ClassFile.of().parse(bytes));
    } catch (RuntimeException | IOException e) {
      System.err.println("the kill campaign cannot mark " + name + ": " + e);
      return null;
    }
  }

  private byte @Nullable [] marked(ClassLoader loader, String name, ClassModel type)
      throws IOException {
    for (Mark mark : Marks.ALL) {
      if (!concerns(mark, name, type)) continue;
      if (name.startsWith(STORE)) orders.dial("broker");
      if (name.startsWith(AGENT)) orders.dial("agent");
      return with(mark, loader, name, type);
    }
    return null;
  }

  private static boolean concerns(Mark mark, String name, ClassModel type) {
    boolean itself = mark.type().equals(name) && !type.flags().has(AccessFlag.INTERFACE);
    return itself
        || type.interfaces().stream().anyMatch(each -> each.asInternalName().equals(mark.type()));
  }

  private static byte[] with(Mark mark, ClassLoader loader, String name, ClassModel type)
      throws IOException {
    List<String> methods =
        mark.methods().isEmpty() ? methods(loader, mark.type()) : List.copyOf(mark.methods());
    String simple = name.substring(name.lastIndexOf('/') + 1);
    ClassFile file =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    ClassTransform transform =
        (builder, element) -> {
          if (element instanceof MethodModel method
              && method.code().isPresent()
              && methods.contains(method.methodName().stringValue())) {
            String label = simple + "." + method.methodName().stringValue();
            builder.transformMethod(
                method, MethodTransform.transformingCode(new Writing(mark.calls(), label)));
          } else {
            builder.with(element);
          }
        };
    return file.transformClass(type, transform);
  }

  private static List<String> methods(ClassLoader loader, String type) throws IOException {
    try (InputStream in =
        Optional.ofNullable(loader.getResourceAsStream(type + ".class"))
            .orElseGet(InputStream::nullInputStream)) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length == 0) return List.of(); // a connector's own class, behind our gate
      return ClassFile.of().parse(bytes).methods().stream()
          .filter(method -> !method.flags().has(AccessFlag.STATIC))
          .map(method -> method.methodName().stringValue())
          .toList();
    }
  }

  /** Calls at the beginning and before each return. */
  private record Writing(Marks.Calls calls, String label) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder builder) {
      call(builder, calls.before, "before ");
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      if (element instanceof ReturnInstruction) call(builder, calls.after, "after ");
      builder.with(element);
    }

    private void call(CodeBuilder builder, String method, String when) {
      if (method.isEmpty()) return;
      boolean work = Set.of("work", "rest").contains(method);
      builder.ldc(work ? label : when + label).invokestatic(POINTS, method, CALL);
    }
  }
}

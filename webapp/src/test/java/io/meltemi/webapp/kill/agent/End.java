package io.meltemi.webapp.kill.agent;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** SIGKILL to this process by itself: nothing is flushed, closed or told. */
final class End {
  private static final int SIGKILL = 9;
  private static final MethodHandle RAISE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().find("raise").orElseThrow(),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private End() {}

  /** So that nothing is looked up when the moment has come. */
  static boolean ready() {
    return RAISE.type().parameterCount() == 1;
  }

  static void now() {
    try {
      int failed = (int) RAISE.invokeExact(SIGKILL);
      throw new IllegalStateException("raise returned " + failed);
    } catch (Throwable e) {
      Runtime.getRuntime().halt(1);
    }
  }
}

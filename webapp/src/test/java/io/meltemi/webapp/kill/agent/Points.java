package io.meltemi.webapp.kill.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts what marked methods pass: the work that a thread is at, the mark, and the how manieth time
 * make a point. Threads inherit the work of the thread that started them; those without any, which
 * watch and tidy up, are not counted. Called from marked code, hence static.
 */
public final class Points {
  private static final String NONE = "";
  private static final InheritableThreadLocal<String> WORK =
      new InheritableThreadLocal<>() {
        @Override
        protected String initialValue() {
          return NONE;
        }
      };

  /** The work whose change the store's one writing thread has in hand. */
  private static final AtomicReference<String> WRITING = new AtomicReference<>(NONE);

  private static final Map<String, Integer> PASSED = new LinkedHashMap<>();
  private static volatile boolean counting;
  private static volatile String last = NONE;

  private Points() {}

  /** From here on this thread is at that work. */
  public static void work(String name) {
    WORK.set(name);
  }

  /** From here on this thread is at no work. */
  public static void rest(String name) {
    WORK.set(NONE);
  }

  public static void passed(String mark) {
    count(WORK.get(), mark);
  }

  /** The thread hands a change to the writing thread, and waits. */
  public static void asked(String mark) {
    if (!WORK.get().isEmpty()) WRITING.set(WORK.get());
  }

  /** The thread has its answer from the writing thread. */
  public static void answered(String mark) {
    WRITING.compareAndSet(WORK.get(), NONE);
  }

  /** Passed on the writing thread for whoever waits for it. */
  public static void inside(String mark) {
    count(WRITING.get(), mark);
  }

  private static void count(String work, String mark) {
    if (!counting || work.isEmpty()) return;
    String name = work + " " + mark;
    int times;
    synchronized (PASSED) {
      times = PASSED.merge(name, 1, Integer::sum);
    }
    if (last.equals(point(name, times))) End.now();
  }

  static String point(String name, int times) {
    return name + " #" + times;
  }

  /** Counts from nothing; the process ends at that point, or nowhere when it is empty. */
  static void count(String until) {
    counting = false;
    synchronized (PASSED) {
      PASSED.clear();
    }
    last = until;
    counting = true;
  }

  /** Each name with its count, in the order in which they were first passed. */
  static List<String> told() {
    List<String> told = new ArrayList<>();
    synchronized (PASSED) {
      PASSED.forEach((name, times) -> told.add(point(name, times)));
    }
    return told;
  }
}

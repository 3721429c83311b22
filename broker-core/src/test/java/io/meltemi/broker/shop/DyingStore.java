package io.meltemi.broker.shop;

import io.meltemi.broker.store.Store;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store as a process sees it that dies at the n-th write of its jobs, right before or right after
 * the commit; from then on it reaches nothing any more. What watch and discovery write beside the
 * jobs, at times of their own, does not count.
 */
final class DyingStore implements InvocationHandler {
  /** How the threads of jobs are called. */
  private static final String JOB = "job-";

  private final Store store;
  private final int write;
  private final boolean before;
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicBoolean dead = new AtomicBoolean();

  DyingStore(Store store, int write, boolean before) {
    this.store = store;
    this.write = write;
    this.before = before;
  }

  Store asStore() {
    return (Store)
        Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, this);
  }

  boolean isDead() {
    return dead.get();
  }

  /** True as soon as the deadly write has begun: what it writes shows before the store is dead. */
  boolean isDying() {
    return writes.get() >= write;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (dead.get()) throw new IllegalStateException("this process is dead");
    boolean last =
        method.getName().equals("write")
            && Thread.currentThread().getName().startsWith(JOB)
            && writes.incrementAndGet() == write;
    if (last && before) die();
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      if (last && !before) die();
    }
  }

  private void die() {
    dead.set(true);
    if (before) throw new IllegalStateException("this process dies");
  }
}

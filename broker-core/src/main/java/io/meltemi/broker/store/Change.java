package io.meltemi.broker.store;

/**
 * One change of the book: all of it is stored or nothing. May be run again when a commit failed, so
 * it does nothing but read and write through its transaction.
 */
@FunctionalInterface
public interface Change<T> {
  T run(Transaction transaction);
}

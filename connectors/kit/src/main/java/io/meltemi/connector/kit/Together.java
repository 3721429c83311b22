package io.meltemi.connector.kit;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/**
 * A class whose tests may run beside others at the same provider: none of them does while a
 * behaviour of a contract has the provider to itself.
 */
@Inherited
@Retention(RUNTIME)
@Target(TYPE)
@ResourceLock(
    value = Together.PROVIDER,
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
public @interface Together {
  /** The lock that each of them shares, and a behaviour may have alone. */
  String PROVIDER = "io.meltemi.connector.kit.provider";
}

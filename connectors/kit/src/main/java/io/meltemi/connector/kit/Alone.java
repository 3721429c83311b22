package io.meltemi.connector.kit;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A behaviour that changes or counts what all users of a provider share. Where a contract is tried
 * side by side, nothing else is tried meanwhile.
 */
@Retention(RUNTIME)
@Target(METHOD)
@ResourceLock(Together.PROVIDER)
@interface Alone {}

package io.meltemi.webapp.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test that runs in both versions and both forms. */
@ParameterizedTest(name = "{0}")
@MethodSource("io.meltemi.webapp.conformance.Provider#dialects")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface InEveryDialect {}

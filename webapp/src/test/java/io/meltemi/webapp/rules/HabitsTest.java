package io.meltemi.webapp.rules;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What no class of ours does, wherever it stands. */
class HabitsTest {
  private static final JavaClasses HOUSE = Room.all();

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
    Set<String> marked =
        HOUSE.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .filter(type -> type.isAnnotatedWith(NullMarked.class))
            .map(JavaClass::getPackageName)
            .collect(toSet());
    Set<String> all = HOUSE.stream().map(JavaClass::getPackageName).collect(toSet());
    assertThat(all).allSatisfy(name -> assertThat(marked).contains(name));
  }

  @Test
  void onlyTheCommandLineWritesToStandardStreams() {
    noClasses()
        .that(areNotACommand())
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(HOUSE);
  }

  @Test
  void thereIsNoStaticState() {
    fields().that().areStatic().should().beFinal().check(HOUSE);
  }

  @Test
  void testsWaitForAConditionAndNeverForATime() {
    noClasses().should().callMethodWhere(target(nameMatching("sleep"))).check(Room.tests());
  }

  private static DescribedPredicate<JavaClass> areNotACommand() {
    return DescribedPredicate.describe(
        "are neither a command nor a runner nor the main class of a process",
        type ->
            !type.isAnnotatedWith("picocli.CommandLine$Command")
                && !type.getSimpleName().endsWith("Runner")
                && type.tryGetMethod("main", String[].class).isEmpty());
  }
}

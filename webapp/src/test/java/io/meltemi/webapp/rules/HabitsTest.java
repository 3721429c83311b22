package io.meltemi.webapp.rules;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.net.Socket;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.channels.SocketChannel;
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

  /**
   * The agent of a node calls its broker, whose address its owner gives, and so does the command
   * line; sockets of qemu are files.
   */
  @Test
  void onlyTheGateConnectsToAddresses() {
    noClasses()
        .that()
        .resideInAPackage("io.meltemi..")
        .and()
        .resideOutsideOfPackages(
            "io.meltemi.connector.outgoing..",
            "io.meltemi.connector.kit..",
            "io.meltemi.connector.node.agent..",
            "io.meltemi.connector.node.host..",
            "io.meltemi.bench..")
        .and(areNeitherAScriptedCloudNorTheCommandLine())
        .should()
        .callMethodWhere(target(owner(assignableTo(HttpClient.class))))
        .orShould()
        .callMethodWhere(connects())
        .orShould()
        .callConstructorWhere(target(owner(assignableTo(Socket.class))))
        .check(HOUSE);
  }

  @Test
  void testsWaitForAConditionAndNeverForATime() {
    noClasses().should().callMethodWhere(target(nameMatching("sleep"))).check(Room.tests());
  }

  private static DescribedPredicate<JavaCall<?>> connects() {
    return target(owner(assignableTo(SocketChannel.class)))
        .and(target(nameMatching("open|connect")))
        .or(target(owner(assignableTo(Socket.class))).and(target(nameMatching("connect"))))
        .or(target(owner(assignableTo(URL.class))).and(target(nameMatching("open.*"))));
  }

  /** Those who run a scripted cloud go behind its stage directly. */
  private static DescribedPredicate<JavaClass> areNeitherAScriptedCloudNorTheCommandLine() {
    Set<String> direct =
        Set.of("io.meltemi.connector.scripted.Address", "io.meltemi.webapp.RunningBroker");
    return DescribedPredicate.describe(
        "are neither the address of a scripted cloud nor the command line's way to its broker",
        type -> !direct.contains(type.getName()));
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

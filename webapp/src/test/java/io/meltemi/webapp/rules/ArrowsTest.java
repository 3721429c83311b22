package io.meltemi.webapp.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.meltemi.broker.account.Errand;
import io.meltemi.broker.identity.Identity;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which way the arrows point. */
class ArrowsTest {
  private static final JavaClasses HOUSE = Room.all();

  @ParameterizedTest
  @EnumSource
  void everySourceFileOfARoomIsJudged(Room room) {
    long judged =
        HOUSE.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> Room.of(type).equals(Optional.of(room)))
            .count();
    assertThat(judged).isGreaterThanOrEqualTo(room.sources().size());
  }

  @Test
  void theHouseIsNotEmpty() {
    assertThat(HOUSE).hasSizeGreaterThan(50);
  }

  @Test
  void aRoomSeesOnlyTheRoomsItsArrowsPointTo() {
    classes().should(seeOnlyAllowedRooms()).check(HOUSE);
  }

  @Test
  void thePivotKnowsNothingOfCimi() {
    noClasses()
        .that()
        .resideInAPackage("io.meltemi.pivot..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.meltemi.model..")
        .check(HOUSE);
  }

  @Test
  void connectorsAndPoliciesSpeakPivotOnly() {
    noClasses()
        .that()
        .resideInAnyPackage("io.meltemi.connector..", "io.meltemi.placement..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.meltemi.model..")
        .check(HOUSE);
  }

  @Test
  void theApiEntersTheBrokerThroughItsDoorTheLogInAndTheEventsOnly() {
    noClasses()
        .that()
        .resideInAPackage("io.meltemi.api..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.meltemi.broker.*..")
                .and(not(resideInAnyPackage("io.meltemi.broker.event..")))
                .and(not(type(Identity.class)))
                .and(not(type(Identity.Standing.class))))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  /**
   * Jobs, watch and discovery; and the questions that only a provider answers: the trial of an
   * account, the machines that no broker made, the doctor's.
   */
  @Test
  void requestsWaitForNoProvider() {
    noClasses()
        .that()
        .haveNameNotMatching(
            "io\\.meltemi\\.broker\\.(account\\.(Errand|Gate|PerAccount\\$Loop)|job\\.Engine"
                + "|watch\\.Doctor|door\\.(AccountTrial|ForeignHandler))")
        .should()
        .dependOnClassesThat(type(Errand.class))
        .check(HOUSE);
  }

  @Test
  void theApiKnowsNoHttpServer() {
    noClasses()
        .that()
        .resideInAPackage("io.meltemi.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.helidon..", "org.glassfish..", "jakarta.servlet..", "com.sun.net..")
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void packagesFormNoCircle() {
    slices().assignedFrom(packages()).should().beFreeOfCycles().check(HOUSE);
  }

  private static ArchCondition<JavaClass> seeOnlyAllowedRooms() {
    return new ArchCondition<>("see only the rooms its arrows point to") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().forEach(arrow -> judge(arrow, events));
      }
    };
  }

  private static void judge(Dependency arrow, ConditionEvents events) {
    Optional<Room> from = Room.of(arrow.getOriginClass());
    Optional<Room> to = Room.of(arrow.getTargetClass().getBaseComponentType());
    if (from.isEmpty() || to.isEmpty() || from.get().maySee(to.get())) return;
    String rooms = from.get().folder + " must not see " + to.get().folder + ": ";
    events.add(SimpleConditionEvent.violated(arrow, rooms + arrow.getDescription()));
  }

  private static SliceAssignment packages() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return Room.of(type).isPresent()
            ? SliceIdentifier.of(type.getPackageName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }
}

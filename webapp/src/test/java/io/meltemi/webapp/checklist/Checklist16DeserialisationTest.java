package io.meltemi.webapp.checklist;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.meltemi.webapp.rules.Room;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/** What comes in never chooses the class that it becomes. */
class Checklist16DeserialisationTest {
  private static final JavaClasses HOUSE = Room.all();

  @Test
  void nothingIsSerialisedByJava() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class, Externalizable.class)
        .check(HOUSE);
  }

  @Test
  void noDocumentChoosesTheClassThatItBecomes() {
    noClasses()
        .should()
        .callMethodWhere(
            target(owner(assignableTo("com.fasterxml.jackson.databind.ObjectMapper")))
                .and(target(nameMatching("(activate|enable)DefaultTyping.*"))))
        .orShould()
        .beAnnotatedWith(
            DescribedPredicate.describe(
                "a class name as type", Checklist16DeserialisationTest::namesAClass))
        .check(HOUSE);
  }

  /** Type names of a closed set are harmless; class names let the document choose. */
  private static boolean namesAClass(JavaAnnotation<?> annotation) {
    return annotation.getRawType().getName().equals("com.fasterxml.jackson.annotation.JsonTypeInfo")
        && annotation.get("use").map(Object::toString).orElse("").contains("CLASS");
  }
}

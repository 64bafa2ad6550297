package io.pileus.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.pileus.core.dispatch.Authorizer;
import io.pileus.core.time.EmulatedTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The walls of the house, as docs/INVARIANTS.md lists them. */
@AnalyzeClasses(packages = "io.pileus", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] SERVICES = {
        "io.pileus.sqs..",
        "io.pileus.sns..",
        "io.pileus.kms..",
        "io.pileus.sts..",
        "io.pileus.iam..",
        "io.pileus.cognito..",
        "io.pileus.cognitoidp..",
        "io.pileus.cognitoidentity..",
        "io.pileus.kinesis..",
        "io.pileus.firehose..",
        "io.pileus.stepfunctions..",
        "io.pileus.sfn..",
        "io.pileus.lambda..",
        "io.pileus.s3.."
    };

    /** Packages that live in one module may know each other. */
    private static final Set<Set<String>> MODULES = Set.of(
            Set.of("sts", "iam"), Set.of("kinesis", "firehose"), Set.of("cognito", "cognitoidp", "cognitoidentity"));

    @ArchTest
    static final ArchRule theCoreKnowsNoService = noClasses()
            .that()
            .resideInAPackage("io.pileus.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVICES)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("io.pileus.server..");

    @ArchTest
    static final ArchRule servicesDoNotMeet = classes()
            .that()
            .resideInAnyPackage(SERVICES)
            .should(dependOnNoOtherService())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule servicesDoNotKnowTheServer = noClasses()
            .that()
            .resideInAnyPackage(SERVICES)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("io.pileus.server..", "io.pileus.core.dispatch..", "io.pileus.core.http.netty..")
                            .and(not(equivalentTo(Authorizer.class))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheHttpServerSeesNetty = noClasses()
            .that()
            .resideOutsideOfPackage("io.pileus.core.http.netty..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule onlyTheProgramSeesLogback = noClasses()
            .that()
            .resideOutsideOfPackage("io.pileus.server.logging..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ch.qos.logback..");

    @ArchTest
    static final ArchRule protocolsKnowNoSocketAndNoDispatcher = noClasses()
            .that()
            .resideInAnyPackage("io.pileus.core.protocol..", "io.pileus.core.shape..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.pileus.core.dispatch..", "io.pileus.core.http.netty..");

    @ArchTest
    static final ArchRule corePackagesFormNoCircle = slices().matching(
                    "io.pileus.core.(dispatch|protocol|time|identity)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyTakesTheTimeFromTheMachine = noClasses()
            .that(areNotThePlaceWhereItComesFrom())
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Timer.class);

    @ArchTest
    static final ArchRule nobodyTakesChanceFromTheMachine = noClasses()
            .that()
            .resideOutsideOfPackage("io.pileus.core.identity..")
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(ThreadLocalRandom.class, "current")
            .orShould()
            .callConstructor(Random.class);

    @ArchTest
    static final ArchRule nobodyKeepsStateInStatics = classes().should(haveNoStaticThatChanges());

    @ArchTest
    static final ArchRule nobodyWritesToTheConsoleButTheProgram = noClasses()
            .that()
            .resideInAnyPackage(SERVICES)
            .or()
            .resideInAPackage("io.pileus.core..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    private static DescribedPredicate<JavaClass> areNotThePlaceWhereItComesFrom() {
        return DescribedPredicate.describe(
                "are not the clock itself",
                type -> !type.getPackageName().equals(EmulatedTime.class.getPackageName())
                        && !type.getPackageName().startsWith("io.pileus.codegen"));
    }

    private static ArchCondition<JavaClass> dependOnNoOtherService() {
        return new ArchCondition<>("depend on no other service") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String own = service(type.getPackageName());
                type.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String other = service(dependency.getTargetClass().getPackageName());
                    boolean foreign = !other.isEmpty()
                            && !other.equals(own)
                            && !Set.of("core", "server").contains(other)
                            && MODULES.stream().noneMatch(m -> m.contains(own) && m.contains(other));
                    if (foreign) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                });
            }
        };
    }

    /** The third part of a package's name. */
    private static String service(String packageName) {
        String[] parts = packageName.split("\\.");
        return parts.length > 2 && parts[0].equals("io") && parts[1].equals("pileus") ? parts[2] : "";
    }

    private static ArchCondition<JavaClass> haveNoStaticThatChanges() {
        return new ArchCondition<>("have no static field that changes") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaField field : type.getFields()) {
                    boolean isStatic = field.getModifiers().contains(JavaModifier.STATIC);
                    boolean isFinal = field.getModifiers().contains(JavaModifier.FINAL);
                    boolean synthetic = field.getModifiers().contains(JavaModifier.SYNTHETIC);
                    if (isStatic && !isFinal && !synthetic) {
                        events.add(SimpleConditionEvent.violated(field, field.getDescription() + " may change"));
                    }
                }
            }
        };
    }
}

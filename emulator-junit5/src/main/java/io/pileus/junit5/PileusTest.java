package io.pileus.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class against the emulator. Its methods may take any client of the AWS SDK v2 and a {@link PileusClient} as
 * parameters. On a class with nested ones the outermost annotation counts.
 */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(PileusExtension.class)
public @interface PileusTest {

    /** The services to enable, by AWS's short names such as {@code sqs}; all when none is given. */
    String[] services() default {};

    ClockMode clock() default ClockMode.REAL;

    Reset reset() default Reset.BEFORE_EACH;

    /** The region of the clients. */
    String region() default "us-east-1";

    /** Whether a request for something that is not emulated fails (HTTP 501) rather than being logged and carried on. */
    boolean failOnNotEmulated() default true;

    /** The server's settings, each as {@code NAME=value}, by the names of the environment variables. */
    String[] settings() default {};
}
